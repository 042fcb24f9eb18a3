import { fromTicks } from '@openwopi/protocol/proof'
import { rotatedKeys } from '../a-host.ts'
import { answersWith, type Break, plain } from './break.ts'

const keys = rotatedKeys()
const invalid = btoa('INVALID')
const isOlderThan =
  (minutes: number) =>
  ({ headers }: Request) => {
    const ticks = headers.get('X-WOPI-TimeStamp') ?? ''
    return /^\d+$/.test(ticks) && Date.now() - fromTicks(BigInt(ticks)) > minutes * 60_000
  }

const signed = (does: string, isRefused: (request: Request) => boolean): Break => ({
  does,
  groups: ['proof'],
  kind: { keys },
  make: answersWith(isRefused, () => plain(500)),
})

export const proofBreaks: readonly Break[] = [
  { does: 'looks at no proof', groups: ['proof'], kind: { keys, trusts: 'nobody' }, make: (next) => next },
  { does: 'forgets the old key', groups: ['proof'], kind: { keys, trusts: 'the current key' }, make: (next) => next },
  signed('wants X-WOPI-Proof to hold', ({ headers }) => headers.get('X-WOPI-Proof') === invalid),
  signed('wants X-WOPI-ProofOld to hold', ({ headers }) => headers.get('X-WOPI-ProofOld') === invalid),
  signed('takes no proof that is older than five minutes', isOlderThan(5)),
  {
    does: 'takes no proof but the first',
    groups: ['proof'],
    kind: { keys },
    make: (next) => {
      let count = 0
      return async (request) => (++count > 1 ? plain(500) : next(request))
    },
  },
]
