import { setTimeout as after } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import type { Asked, Call, History } from './history.ts'
import { type Manner, Unexpected, type Wire, type WireFile } from './wire.ts'

/** One file, and several clients that lock, save and read it at once. */
export interface SceneOptions {
  readonly wire: Wire
  readonly file: WireFile
  /** The addresses of the servers. */
  readonly servers: readonly [string, ...string[]]
  readonly clients: number
  /** How many calls each client makes. */
  readonly calls: number
  /** The longest pause between two calls of a client, in milliseconds. */
  readonly pause: number
  readonly chance: Chance
  /** Whether everybody is to stop early. */
  readonly isOver: () => boolean
}

/** What has come of a scene. */
export interface Scene {
  readonly history: History
  /** Answers that no client should get, whatever is wrong around it. */
  readonly unexpected: readonly string[]
}

/** How long a last look is tried for while servers are down, in milliseconds. */
const patience = 60_000

/** Once so many calls are of unknown outcome a scene ends: too many stories would explain what came after. */
const mostUnknown = 12

/** Plays a scene to its end. The last calls look at the file once more. */
export async function play(options: SceneOptions): Promise<Scene> {
  const { clients, servers, chance } = options
  const history: Call[] = []
  const unexpected: string[] = []
  let writes = 0
  let unknown = 0

  /** Makes a call and writes it down. Gives what has come of it. */
  async function make(asked: Asked, node: number, manner: Omit<Manner, 'to' | 'file'> = {}): Promise<Made> {
    const { wire, file } = options
    const began = performance.now()
    try {
      const answered = await wire.call(asked, { ...manner, to: servers[node] ?? servers[0], file })
      if (answered === 'not asked') return 'not asked'
      const isUnknown = answered.is === 'unknown'
      if (isUnknown) unknown++
      history.push({ asked, answered, node, began, ended: isUnknown ? Number.POSITIVE_INFINITY : performance.now() })
      return isUnknown ? 'unknown' : 'answered'
    } catch (error) {
      if (!(error instanceof Unexpected)) throw error
      unexpected.push(error.message)
      return 'answered'
    }
  }

  const look = (what: 'getLock' | 'getFile' | 'checkFileInfo') =>
    insist(async () => (await make({ what }, chance.below(servers.length))) === 'answered')

  async function client(number: number, own: Chance): Promise<void> {
    let node = own.below(servers.length)
    for (let call = 0; call < options.calls && !options.isOver() && unknown < mostUnknown; call++) {
      if (options.pause > 0) await after(own.next() * options.pause)
      if (own.below(8) === 0) node = own.below(servers.length)
      const asked = choose(own, `client ${number}`, clients, () => ++writes)
      const made = await make(asked, node, mannerOf(asked, own))
      // Where one server fails another may do; and who does not know what became of a call looks first.
      if (made !== 'answered') node = own.below(servers.length)
      if (made === 'unknown') await look('getLock')
    }
  }

  await Promise.all(Array.from({ length: clients }, (_, number) => client(number, chance.another())))
  for (const what of ['getLock', 'getFile', 'checkFileInfo'] as const) await look(what)
  return { history, unexpected }
}

type Made = 'answered' | 'unknown' | 'not asked'

async function insist(attempt: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + patience
  while (!(await attempt())) {
    if (performance.now() > deadline) throw new Error('no server answers')
    await after(100)
  }
}

/** What clients do, as often as it stands here. */
const deeds = [
  ...Array<'lock'>(5).fill('lock'),
  ...Array<'putFile'>(6).fill('putFile'),
  ...Array<'getFile'>(3).fill('getFile'),
  ...(['refreshLock', 'refreshLock', 'unlock', 'unlock', 'unlock', 'unlockAndRelock', 'unlockAndRelock'] as const),
  ...(['checkFileInfo', 'checkFileInfo', 'getLock', 'getLock'] as const),
] as const

function choose(chance: Chance, self: string, clients: number, nextWrite: () => number): Asked {
  const what = deeds[chance.below(deeds.length)] ?? 'getLock'
  // Mostly under a lock of one's own; else under another's, as clients do that share one or have gone astray.
  const anyLock = () => (chance.below(3) > 0 ? self : `client ${chance.below(clients)}`)
  switch (what) {
    case 'lock':
    case 'refreshLock':
    case 'unlock':
      return { what, lock: anyLock() }
    case 'unlockAndRelock':
      return { what, oldLock: anyLock(), lock: anyLock() }
    case 'putFile':
      return { what, write: nextWrite(), ...(chance.below(8) > 0 && { lock: anyLock() }) }
    default:
      return { what }
  }
}

/** Some contents come slowly, and some clients go away in the middle. */
const mannerOf = ({ what }: Asked, chance: Chance): Omit<Manner, 'to' | 'file'> => ({
  ...(what === 'putFile' && chance.below(6) === 0 && { pause: chance.next() * 40 }),
  ...(chance.below(100) === 0 && { cutAfter: chance.next() * 30 }),
})
