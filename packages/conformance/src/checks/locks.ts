import type { OperationName } from '@openwopi/protocol'
import { type Answer, wordsOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectLock, expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { contentOf, locked, says, type World } from '../world.ts'

const docs = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest'
const spec = `${docs}/concepts#lock`

type State = 'unlocked' | 'held with that id' | 'held with another id'

/** What becomes of an operation that comes with the id `sent`. `after`: the id that the file is held with then. */
interface Cell {
  readonly operation: OperationName
  readonly state: State
  readonly status: number
  readonly after: 'nobody' | 'the same' | 'the sent one'
}

// biome-ignore format: a table reads as a table
const matrix: readonly Cell[] = [
  { operation: 'lock', state: 'unlocked', status: 200, after: 'the sent one' },
  { operation: 'lock', state: 'held with that id', status: 200, after: 'the same' },
  { operation: 'lock', state: 'held with another id', status: 409, after: 'the same' },
  { operation: 'refreshLock', state: 'unlocked', status: 409, after: 'nobody' },
  { operation: 'refreshLock', state: 'held with that id', status: 200, after: 'the same' },
  { operation: 'refreshLock', state: 'held with another id', status: 409, after: 'the same' },
  { operation: 'unlock', state: 'unlocked', status: 409, after: 'nobody' },
  { operation: 'unlock', state: 'held with that id', status: 200, after: 'nobody' },
  { operation: 'unlock', state: 'held with another id', status: 409, after: 'the same' },
  { operation: 'unlockAndRelock', state: 'unlocked', status: 409, after: 'nobody' },
  { operation: 'unlockAndRelock', state: 'held with that id', status: 200, after: 'the sent one' },
  { operation: 'unlockAndRelock', state: 'held with another id', status: 409, after: 'the same' },
  { operation: 'putFile', state: 'unlocked', status: 409, after: 'nobody' },
  { operation: 'putFile', state: 'held with that id', status: 200, after: 'the same' },
  { operation: 'putFile', state: 'held with another id', status: 409, after: 'the same' },
  { operation: 'renameFile', state: 'unlocked', status: 200, after: 'nobody' },
  { operation: 'renameFile', state: 'held with that id', status: 200, after: 'the same' },
  { operation: 'renameFile', state: 'held with another id', status: 409, after: 'the same' },
]

const titled = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

const promiseOf = ({ operation }: Cell): Pick<Check, 'promised' | 'needs'> =>
  operation === 'renameFile'
    ? { promised: ['SupportsLocks', 'SupportsRename'], needs: ['own'] }
    : { promised: ['SupportsLocks'], needs: ['scratch'] }

/** Brings a file into a state, asks, and says which ids there were. */
async function played(world: World, { operation, state }: Cell) {
  const target = await world.scratch('in place')
  const [sent, other, next] = [world.newLock(), world.newLock(), world.newLock()]
  const held = state === 'unlocked' ? undefined : state === 'held with that id' ? sent : other
  if (held !== undefined) await locked(target, held)
  const inputs: { readonly [N in OperationName]?: Record<string, unknown> } = {
    unlockAndRelock: { lock: next, oldLock: sent },
    putFile: { lock: sent, content: new TextEncoder().encode('replaced') },
    renameFile: { lock: sent, requestedName: world.workplace.newName('') },
  }
  const answer = await target.ask(operation, inputs[operation] ?? { lock: sent })
  return { target, answer, held, wins: operation === 'unlockAndRelock' ? next : sent }
}

/** Whether it is `lock`, and no other id, that a file is held with. Nobody: it can be locked. */
async function expectHeld(world: World, target: Target, lock: string | undefined): Promise<void> {
  const probe = world.newLock()
  const answer = await target.ask('lock', { lock: probe })
  if (lock === undefined) return expectStatus(answer, [200], 'to a Lock afterwards, as the file is unlocked')
  expectStatus(answer, [409], 'to a Lock with another id afterwards, as the file is locked')
  expectStatus(await target.ask('refreshLock', { lock }), [200], 'to a RefreshLock with the id that is held afterwards')
}

const describe = ({ state, status }: Cell) =>
  `on a file that is ${state} ${status === 200 ? 'succeeds' : 'is refused with 409'}`

const outcomes = matrix.map(
  (cell): Check => ({
    says: `${titled(cell.operation)} ${describe(cell)}.`,
    group: 'locks',
    covers: [cell.operation],
    ...promiseOf(cell),
    spec,
    async run(world) {
      const { answer } = await played(world, cell)
      expectStatus(answer, [cell.status])
    },
  }),
)

const aftermaths = matrix.map(
  (cell): Check => ({
    says: `After ${titled(cell.operation)} on a file that is ${cell.state}, ${
      cell.after === 'nobody'
        ? 'nobody holds it'
        : `it is held with ${cell.after === 'the same' ? 'the same id' : 'the id that was sent'}`
    }.`,
    group: 'locks',
    covers: [cell.operation, 'lock'],
    ...promiseOf(cell),
    spec,
    async run(world) {
      const { target, answer, held, wins } = await played(world, cell)
      if (answer.status !== cell.status) throw new CannotRun(`${titled(cell.operation)} answered ${wordsOf(answer)}.`)
      const after = cell.after === 'nobody' ? undefined : cell.after === 'the same' ? held : wins
      await expectHeld(world, target, after)
    },
  }),
)

const named = matrix
  .filter(({ status, state }) => status === 409 && state !== 'unlocked')
  .map(
    (cell): Check => ({
      says: `The 409 of ${titled(cell.operation)} names the lock that is held.`,
      group: 'locks',
      covers: [cell.operation],
      ...promiseOf(cell),
      spec,
      async run(world) {
        const { answer, held = '' } = await played(world, cell)
        if (answer.status !== 409) throw new CannotRun(`${titled(cell.operation)} answered ${wordsOf(answer)}.`)
        expectLock(answer, held)
      },
    }),
  )

const emptyNames = matrix
  .filter(({ status, state }) => status === 409 && state === 'unlocked')
  .map(
    (cell): Check => ({
      says: `The 409 of ${titled(cell.operation)} on an unlocked file has an X-WOPI-Lock that is empty.`,
      group: 'locks',
      level: 'advice',
      covers: [cell.operation],
      ...promiseOf(cell),
      spec,
      async run(world) {
        const { answer } = await played(world, cell)
        if (answer.status !== 409) throw new CannotRun(`${titled(cell.operation)} answered ${wordsOf(answer)}.`)
        expectThat(answer.headers.get('X-WOPI-Lock') === '', 'X-WOPI-Lock ""', wordsOf(answer))
      },
    }),
  )

const changes = (['held with another id', 'unlocked'] as const).map(
  (state): Check => ({
    says: `PutFile that is refused because the file is ${state} leaves the content as it was.`,
    group: 'locks',
    covers: ['putFile', 'getFile'],
    promised: ['SupportsLocks'],
    needs: ['scratch'],
    spec: `${docs}/files/putfile`,
    async run(world) {
      const { target } = await played(world, { operation: 'putFile', state, status: 409, after: 'the same' })
      const text = new TextDecoder().decode(await contentOf(target))
      expectThat(text === 'in place', 'the content "in place"', `"${text}"`)
    },
  }),
)

const accepted: readonly (readonly [what: string, lock: (random: string) => string])[] = [
  ['of 256 characters', (random) => random.padEnd(256, 'x')],
  [
    'that is JSON, as Office sends it,',
    (random) => `{"S":"${random}","F":4,"E":2,"M":"00-15-5d","P":"2C42 \\"quoted\\" a+b/c=="}`,
  ],
  ['that holds every printable ASCII character', (random) => `${random}${ascii()}${random}`],
  ['that looks like a second header once it is decoded', (random) => `${random}%0d%0aX-Injected: yes`],
]

const ascii = () => Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).join('')

const survivors = accepted.map(
  ([what, make]): Check => ({
    says: `A lock id ${what} comes back byte for byte.`,
    group: 'locks',
    covers: ['lock', 'unlock'],
    promised: ['SupportsLocks'],
    needs: ['scratch'],
    spec: `${docs}/files/lock`,
    async run(world) {
      const lock = make(world.newLock())
      const target = await world.scratch()
      expectStatus(await target.ask('lock', { lock }), [200])
      const answer = await target.ask('unlock', { lock: world.newLock() })
      expectStatus(answer, [409])
      expectThat(!answer.headers.has('X-Injected'), 'no header X-Injected', 'one')
      expectLock(answer, lock)
    },
  }),
)

const others: readonly (readonly [what: string, other: (lock: string) => string])[] = [
  ['in upper case', (lock) => lock.toUpperCase()],
  ['with more behind it', (lock) => `${lock}x`],
  ['without its last character', (lock) => lock.slice(0, -1)],
]

const differences = others.map(
  ([what, other]): Check => ({
    says: `A lock id ${what} is another lock id.`,
    group: 'locks',
    covers: ['unlock'],
    promised: ['SupportsLocks'],
    needs: ['scratch'],
    spec,
    async run(world) {
      const lock = `${world.newLock()}-id`
      const target = await locked(await world.scratch(), lock)
      expectStatus(await target.ask('unlock', { lock: other(lock) }), [409])
    },
  }),
)

const isOneWinner = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 200).length === 1
const statusesOf = (answers: readonly Answer[]) => `statuses ${answers.map(({ status }) => status).join(', ')}`

const byHand: readonly Check[] = [
  {
    says: 'GetLock on a file that nobody holds answers 200 and an empty X-WOPI-Lock.',
    group: 'locks',
    covers: ['getLock'],
    promised: ['SupportsGetLock'],
    spec: `${docs}/files/getlock`,
    needs: ['scratch'],
    async run(world) {
      const answer = await (await world.scratch()).ask('getLock')
      expectStatus(answer, [200])
      expectLock(answer, '')
    },
  },
  {
    says: 'GetLock on a file that is held answers 200 and the id.',
    group: 'locks',
    covers: ['getLock'],
    promised: ['SupportsLocks', 'SupportsGetLock'],
    spec: `${docs}/files/getlock`,
    needs: ['scratch'],
    async run(world) {
      const lock = world.newLock()
      const answer = await (await locked(await world.scratch(), lock)).ask('getLock')
      expectStatus(answer, [200])
      expectLock(answer, lock)
    },
  },
  {
    says: 'A lock id of 1,024 characters is accepted where SupportsExtendedLockLength is promised.',
    group: 'locks',
    covers: ['lock'],
    promised: ['SupportsLocks', 'SupportsExtendedLockLength'],
    spec: `${docs}/files/lock`,
    needs: ['scratch'],
    async run(world) {
      const lock = world.newLock().padEnd(1024, 'x')
      const target = await world.scratch()
      expectStatus(await target.ask('lock', { lock }), [200])
      expectLock(await target.ask('unlock', { lock: world.newLock() }), lock)
    },
  },
  {
    says: 'A lock id of 1,025 characters is refused with 400.',
    group: 'locks',
    level: 'advice',
    covers: ['lock'],
    promised: ['SupportsLocks'],
    spec: `${docs}/files/lock`,
    needs: ['scratch'],
    async run(world) {
      const headers = { 'X-WOPI-Override': 'LOCK', 'X-WOPI-Lock': world.newLock().padEnd(1025, 'x') }
      expectStatus(await (await world.scratch()).send('POST', '', { headers }), [400])
    },
  },
  {
    says: 'A lock id that is not ASCII does not make the host fail.',
    group: 'locks',
    covers: ['lock'],
    promised: ['SupportsLocks'],
    spec: `${docs}/files/lock`,
    needs: ['scratch'],
    async run(world) {
      const headers = { 'X-WOPI-Override': 'LOCK', 'X-WOPI-Lock': `${world.newLock()}\u00e9` }
      expectStatus(await (await world.scratch()).send('POST', '', { headers }), [200, 400])
    },
  },
  {
    says: 'A lock keeps nobody from reading.',
    group: 'locks',
    covers: ['checkFileInfo', 'getFile', 'lock'],
    promised: ['SupportsLocks'],
    spec,
    needs: ['scratch'],
    async run(world) {
      const target = await locked(await world.scratch(), world.newLock())
      expectStatus(await target.ask('checkFileInfo'), [200], 'to CheckFileInfo')
      expectStatus(await target.ask('getFile'), [200], 'to GetFile')
    },
  },
  {
    says: 'A lock outlives a rename.',
    group: 'locks',
    covers: ['renameFile', 'lock'],
    promised: ['SupportsLocks', 'SupportsRename'],
    spec,
    needs: ['own'],
    async run(world) {
      const lock = world.newLock()
      const target = await locked(await world.scratch(), lock)
      given(await target.ask('renameFile', { lock, requestedName: world.workplace.newName('') }), 'RenameFile')
      await expectHeld(world, target, lock)
    },
  },
  {
    says: 'UnlockAndRelock ends the old lock: it unlocks nothing any more.',
    group: 'locks',
    covers: ['unlockAndRelock', 'unlock'],
    promised: ['SupportsLocks'],
    spec: `${docs}/files/unlockandrelock`,
    needs: ['scratch'],
    async run(world) {
      const [oldLock, lock] = [world.newLock(), world.newLock()]
      const target = await locked(await world.scratch(), oldLock)
      given(await target.ask('unlockAndRelock', { lock, oldLock }), 'UnlockAndRelock')
      const answer = await target.ask('unlock', { lock: oldLock })
      expectStatus(answer, [409])
      expectLock(answer, lock)
    },
  },
  {
    says: 'Of ten Locks with different ids at the same time, one wins.',
    group: 'locks',
    covers: ['lock'],
    promised: ['SupportsLocks'],
    spec,
    needs: ['scratch'],
    async run(world) {
      const target = await world.scratch()
      const answers = await Promise.all(Array.from({ length: 10 }, () => target.ask('lock', { lock: world.newLock() })))
      expectThat(isOneWinner(answers), 'status 200 once and 409 nine times', statusesOf(answers))
    },
  },
  {
    says: 'Of ten UnlockAndRelocks from one lock at the same time, one wins.',
    group: 'locks',
    covers: ['unlockAndRelock'],
    promised: ['SupportsLocks'],
    spec,
    needs: ['scratch'],
    async run(world) {
      const oldLock = world.newLock()
      const target = await locked(await world.scratch(), oldLock)
      const asked = Array.from({ length: 10 }, () => target.ask('unlockAndRelock', { lock: world.newLock(), oldLock }))
      const answers = await Promise.all(asked)
      expectThat(isOneWinner(answers), 'status 200 once and 409 nine times', statusesOf(answers))
    },
  },
  {
    says: 'Sixty random lock operations in a row do what the rules say of each.',
    group: 'locks',
    covers: ['lock', 'refreshLock', 'unlock', 'unlockAndRelock'],
    promised: ['SupportsLocks'],
    spec,
    needs: ['scratch'],
    async run(world) {
      const target = await world.scratch()
      const ids = [world.newLock(), world.newLock(), world.newLock()]
      let held: string | undefined
      for (let step = 0; step < 60; step++) {
        const pick = () => ids[Math.floor(world.random() * ids.length)] ?? ''
        const move = {
          operation: moves[Math.floor(world.random() * moves.length)] ?? 'lock',
          lock: pick(),
          old: pick(),
        }
        held = await moved(target, held, move)
      }
    },
  },
  {
    says: 'With SupportsLocks, lock ids of up to 1,024 characters are supported, as Office needs them.',
    group: 'locks',
    level: 'advice',
    covers: ['checkFileInfo'],
    promised: ['SupportsLocks'],
    spec: `${docs}/files/checkfileinfo`,
    async run({ info }) {
      expectThat(says(info, 'SupportsExtendedLockLength'), 'SupportsExtendedLockLength: true', 'none')
    },
  },
]

const moves = ['lock', 'refreshLock', 'unlock', 'unlockAndRelock'] as const

interface Move {
  readonly operation: (typeof moves)[number]
  readonly lock: string
  readonly old: string
}

/** What a file is held with after a move, as the rules say; a host that answers otherwise fails. */
async function moved(target: Target, held: string | undefined, { operation, lock, old }: Move) {
  const isRelock = operation === 'unlockAndRelock'
  const compared = isRelock ? old : lock
  const isRight = held === compared || (operation === 'lock' && held === undefined)
  const answer = await target.ask(operation, isRelock ? { lock, oldLock: old } : { lock })
  const about = `to ${titled(operation)} on a file that is ${held === undefined ? 'unlocked' : `held with "${held}"`}`
  expectStatus(answer, [isRight ? 200 : 409], about)
  if (!isRight) return held
  return operation === 'unlock' ? undefined : lock
}

/** What a lock means. */
export const locks: readonly Check[] = [
  ...outcomes,
  ...aftermaths,
  ...named,
  ...emptyNames,
  ...changes,
  ...survivors,
  ...differences,
  ...byHand,
]
