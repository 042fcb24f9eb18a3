import type { ProofHeaders } from '@openwopi/protocol/proof'
import type { Check, Need } from '../check.ts'
import { expectStatus } from '../findings.ts'
import type { Resign } from '../wire.ts'
import type { World } from '../world.ts'

const spec = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/online/scenarios/proofkeys'
const invalid = btoa('INVALID')

interface Case {
  readonly says: string
  readonly needs: readonly Need[]
  readonly status: 200 | 500
  readonly resign: (world: World) => Resign
}

const onlyInOld = (signed: ProofHeaders) => ({
  ...signed,
  'X-WOPI-ProofOld': signed['X-WOPI-Proof'],
  'X-WOPI-Proof': invalid,
})

const minute = 60_000
const oldKeyFirst = ({ keys }: World) => {
  const old = keys?.old
  return old ? { keys: { current: old, old } } : {}
}

const changed = (signature = '') => (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)

// biome-ignore format: a table reads as a table
const cases: readonly Case[] = [
  { says: 'A request that is signed with the current and the old key is accepted.', needs: ['proof'], status: 200, resign: () => (sign) => sign() },
  { says: 'A request whose X-WOPI-ProofOld is invalid is accepted for its X-WOPI-Proof.', needs: ['proof'], status: 200,
    resign: () => (sign) => ({ ...sign(), 'X-WOPI-ProofOld': invalid }) },
  { says: 'A request whose X-WOPI-ProofOld is signed with the current key is accepted, as the client may have rotated its keys.', needs: ['proof'], status: 200,
    resign: () => (sign) => onlyInOld(sign()) },
  { says: 'A request whose X-WOPI-Proof is signed with the old key is accepted, as the client may not have rotated its keys yet.', needs: ['old-proof'], status: 200,
    resign: (world) => (sign) => ({ ...sign(oldKeyFirst(world)), 'X-WOPI-ProofOld': invalid }) },
  { says: 'A request whose X-WOPI-ProofOld alone holds, under the old key, is refused with 500.', needs: ['old-proof'], status: 500,
    resign: (world) => (sign) => ({ ...sign(oldKeyFirst(world)), 'X-WOPI-Proof': invalid }) },
  { says: 'A request of which neither signature holds is refused with 500.', needs: ['proof'], status: 500,
    resign: () => (sign) => ({ ...sign(), 'X-WOPI-Proof': invalid, 'X-WOPI-ProofOld': invalid }) },
  { says: 'A request whose signatures differ in one character from those that hold is refused with 500.', needs: ['proof'], status: 500,
    resign: () => (sign) => ({ ...sign(), 'X-WOPI-Proof': changed(sign()['X-WOPI-Proof']), 'X-WOPI-ProofOld': changed(sign()['X-WOPI-ProofOld']) }) },
  { says: 'A request that was signed in 2015 is refused with 500.', needs: ['proof'], status: 500,
    resign: () => (sign) => sign({ now: Date.UTC(2015, 7, 17) }) },
  { says: 'A request that was signed 21 minutes ago is refused with 500.', needs: ['proof'], status: 500,
    resign: ({ now }) => (sign) => sign({ now: now() - 21 * minute }) },
  { says: 'A request that was signed 15 minutes ago is accepted.', needs: ['proof'], status: 200,
    resign: ({ now }) => (sign) => sign({ now: now() - 15 * minute }) },
  { says: 'A request that is signed for another token is refused with 500.', needs: ['proof'], status: 500,
    resign: () => (sign) => sign({ token: 'openwopi-check-other' }) },
  { says: 'A request whose time stamp was changed after it was signed is refused with 500.', needs: ['proof'], status: 500,
    resign: ({ now }) => (sign) => ({ ...sign(), 'X-WOPI-TimeStamp': sign({ now: now() - minute })['X-WOPI-TimeStamp'] }) },
  { says: 'A request whose time stamp is no number is refused with 500.', needs: ['proof'], status: 500,
    resign: () => (sign) => ({ ...sign(), 'X-WOPI-TimeStamp': 'now' }) },
]

const signed = cases.map(
  ({ says, needs, status, resign }): Check => ({
    says,
    group: 'proof',
    covers: ['checkFileInfo'],
    needs,
    spec,
    async run(world) {
      expectStatus(await world.file.ask('checkFileInfo', {}, { resign: resign(world) }), [status])
    },
  }),
)

/** Proofs of who asks. */
export const proof: readonly Check[] = [
  ...signed,
  {
    says: 'A request that is not signed is refused with 500, when its client has keys to sign with.',
    group: 'proof',
    severity: 'should',
    covers: ['checkFileInfo'],
    needs: ['proof'],
    spec,
    async run({ file }) {
      expectStatus(await file.ask('checkFileInfo', {}, { resign: () => ({}) }), [500])
    },
  },
  {
    says: 'What is signed is the whole address: a parameter that came later breaks the proof.',
    group: 'proof',
    covers: ['checkFileInfo'],
    needs: ['proof'],
    spec,
    async run({ file }) {
      let first: Readonly<Record<string, string>> = {}
      const keep: Resign = (sign) => {
        first = sign()
        return first
      }
      await file.ask('checkFileInfo', {}, { resign: keep })
      const query = `access_token=${encodeURIComponent(file.token)}&more=1`
      expectStatus(await file.ask('checkFileInfo', {}, { query, resign: () => first }), [500])
    },
  },
  {
    says: 'An operation that writes is not done when its proof does not hold.',
    group: 'proof',
    covers: ['lock'],
    needs: ['proof', 'scratch'],
    promised: ['SupportsLocks'],
    spec,
    async run(world) {
      const target = await world.scratch()
      const resign: Resign = (sign) => ({ ...sign(), 'X-WOPI-Proof': invalid, 'X-WOPI-ProofOld': invalid })
      expectStatus(await target.ask('lock', { lock: world.newLock() }, { resign }), [500])
      expectStatus(await target.ask('lock', { lock: world.newLock() }), [200], 'to a Lock that is signed')
    },
  },
]
