import type { OperationName } from '@openwopi/protocol'
import { wordsOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectLock, expectStatus, expectThat } from '../findings.ts'
import { titled } from '../words.ts'
import { contentOf, locked, type World } from '../world.ts'
import { expectHeld } from './expect-held.ts'

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
      severity: 'should',
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

/** What becomes of each operation on a file in each state. */
export const lockMatrix: readonly Check[] = [...outcomes, ...aftermaths, ...named, ...emptyNames, ...changes]
