import { type Chance, chance } from './chance.ts'
import { type Cluster, type ClusterOptions, startCluster } from './cluster/start-cluster.ts'
import { contentsOf } from './contents.ts'
import { type FaultName, letThingsGoWrong } from './faults.ts'
import type { LockTimes } from './file-specification.ts'
import type { History } from './history.ts'
import { judge } from './judge.ts'
import { play, type Scene } from './scene.ts'
import { openWire, type Wire, type WireFile } from './wire.ts'

/** How much is asked, and what goes wrong meanwhile. */
export interface TortureOptions extends Pick<ClusterOptions, 'broken'> {
  /** The same seed makes the same calls and the same faults, though not at the same moments. */
  readonly seed: number
  /** How many calls are made at least. */
  readonly calls: number
  readonly hasFaults: boolean
  /** Told now and then how many calls have been made. */
  readonly onProgress?: (calls: number) => void
  /** Given the whole history of a file of which something was answered wrongly. */
  readonly onWrong?: (name: string, history: History) => void
}

/** What has come of it. */
export interface TortureOutcome {
  readonly calls: number
  /** Calls of which nobody knows whether they took effect. */
  readonly unknown: number
  readonly files: number
  readonly faults: ReadonlyMap<FaultName, number>
  /** What was answered that no order of the calls explains. Empty: nothing. */
  readonly wrong: readonly string[]
}

/** Locks end soon, so that many do. */
const times: LockTimes = { lifetime: 2500, tolerance: 500 }

const hour = 60 * 60_000
/** The clock of one server is right; of the others one is an hour slow, one an hour fast. */
const clocks = [0, -hour, hour]

/** Scenes that hurry, and scenes in which locks run out while nobody does anything. */
const paces = [
  ...Array.from({ length: 6 }, () => ({ clients: 4, calls: 60, pause: 0 })),
  ...Array.from({ length: 12 }, () => ({ clients: 3, calls: 15, pause: 1.2 * times.lifetime })),
]

/** Asks several servers of one database for everything at once while things go wrong, and judges every answer. */
export async function torture({
  seed,
  calls,
  hasFaults,
  onProgress,
  onWrong,
  ...options
}: TortureOptions): Promise<TortureOutcome> {
  const dice = chance(seed)
  const wire = openWire()
  const cluster = await startCluster({ clocks, lockLifetime: times.lifetime, ...options })
  const sum = { calls: 0, unknown: 0, files: 0, wrong: [] as string[] }
  const isOver = () => sum.calls >= calls || sum.wrong.length > 0

  function take({ history, unexpected }: Scene, name: string): void {
    sum.calls += history.length
    sum.unknown += history.filter(({ answered }) => answered.is === 'unknown').length
    sum.files++
    const fault = judge(history, times)
    const wrong = [...unexpected, ...(fault === undefined ? [] : [fault])]
    if (wrong.length > 0) onWrong?.(name, history)
    for (const each of wrong) sum.wrong.push(`${name}: ${each}`)
    onProgress?.(sum.calls)
  }

  async function playOn(pace: (typeof paces)[number], lane: number, own: Chance): Promise<void> {
    for (let number = 1; !isOver(); number++) {
      const name = `${lane}-${number}`
      take(await play({ ...pace, chance: own, isOver, ...(await newFile({ cluster, wire }, name)) }), name)
    }
  }

  try {
    const victim = { cluster, wire, chance: dice.another(), lockLifetime: times.lifetime }
    const faults = hasFaults ? letThingsGoWrong(victim, isOver) : Promise.resolve(new Map())
    await Promise.all(paces.map((pace, lane) => playOn(pace, lane, dice.another())))
    return { ...sum, faults: await faults }
  } finally {
    wire.close()
    await cluster.stop()
  }
}

interface Stage {
  readonly cluster: Cluster
  readonly wire: Wire
}

/** Makes an empty file, wherever a server answers. */
async function newFile({ cluster, wire }: Stage, name: string) {
  const servers = cluster.members.map(({ url }) => url) as [string, ...string[]]
  const deadline = performance.now() + 60_000
  for (let attempt = 0; ; attempt++) {
    const member = cluster.members[attempt % cluster.members.length] ?? cluster.members[0]
    try {
      return { servers, wire, file: await madeAt(member, `${name}-${attempt}.txt`) }
    } catch (error) {
      if (performance.now() > deadline) throw error
      await new Promise((passed) => setTimeout(passed, 100))
    }
  }
}

async function madeAt({ url, node }: Cluster['members'][0], name: string): Promise<WireFile> {
  const answer = await fetch(`${url}/api/folders/root/files`, {
    method: 'POST',
    headers: { 'X-OpenWOPI': '1', 'Content-Type': 'application/json' },
    body: JSON.stringify({ name }),
    signal: AbortSignal.timeout(10_000),
  })
  if (!answer.ok) throw new Error(`${name} was not made: ${answer.status} ${await answer.text()}`)
  const { wopiSrc, accessToken } = await node().tokenFor(name)
  return { path: new URL(wopiSrc).pathname, accessToken, contents: contentsOf(name) }
}
