import { WopiError } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'

export const getSequenceNumber: Implementation<'getSequenceNumber'> = ({ coauth }) =>
  coauth
    ? async (_, { file: { sequenceNumber } }) => {
        if (sequenceNumber === undefined) throw new WopiError('NotImplemented', {})
        return { sequenceNumber }
      }
    : undefined
