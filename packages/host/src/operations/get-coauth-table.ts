import { coauthTable } from '../coauth.ts'
import { coauthLocks } from '../coauthored.ts'
import type { Implementation } from '../implementation.ts'

export const getCoauthTable: Implementation<'getCoauthTable'> = ({ coauth, locks, now }) =>
  coauth
    ? async ({ known }, { file }) => {
        const { tableVersion, table } = await coauthTable(coauthLocks(await locks.read(file.id, file), now()))
        return known === tableVersion ? { tableVersion } : { tableVersion, table }
      }
    : undefined
