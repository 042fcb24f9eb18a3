import { setTimeout as after } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import type { Cluster, Member } from './cluster/start-cluster.ts'
import type { Wire } from './wire.ts'

/** What faults happen to. */
export interface Victim {
  readonly cluster: Cluster
  readonly wire: Wire
  readonly chance: Chance
  /** Milliseconds. */
  readonly lockLifetime: number
}

type Fault = (victim: Victim) => Promise<void>

const anyMember = ({ cluster, chance }: Victim): Member => chance.one(cluster.members)

/** Each resolves when things are again as they were. */
const faults = {
  'a server was killed and started again': (victim) => anyMember(victim).restart(),
  'a server stood still for longer than a lock lasts': async (victim) => {
    const node = anyMember(victim).node()
    node.pause()
    await after(victim.lockLifetime * (1.1 + victim.chance.next() / 2))
    node.resume()
  },
  'a server was cut off from the database': (victim) => impair(victim, 'cut', 1500),
  'nothing got through between a server and the database': (victim) => impair(victim, 'silent', 2500),
  'the database was slow for a server': (victim) => impair(victim, { delay: 5 + victim.chance.below(100) }, 2500),
  'the database was shut down and started again': ({ cluster }) => cluster.database.restart('fast'),
  'the database crashed and was started again': ({ cluster }) => cluster.database.restart('crash'),
  'the database stood still': async ({ cluster, chance }) => {
    cluster.database.pause()
    await after(chance.next() * 1500)
    cluster.database.resume()
  },
  'all connections of clients broke': async ({ wire }) => wire.breakAll(),
} as const satisfies Readonly<Record<string, Fault>>

/** What can go wrong, in words. */
export type FaultName = keyof typeof faults

/** All that can go wrong besides clocks and single calls that break off. */
export const faultNames = Object.keys(faults) as [FaultName, ...FaultName[]]

async function impair(
  victim: Victim,
  condition: Parameters<Member['way']['become']>[0],
  longest: number,
): Promise<void> {
  const { way } = anyMember(victim)
  way.become(condition)
  await after(200 + victim.chance.next() * longest)
  way.become('open')
}

/** Lets one thing after the other go wrong until `isOver`. Gives how often each did. */
export async function letThingsGoWrong(victim: Victim, isOver: () => boolean): Promise<Map<FaultName, number>> {
  const counts = new Map<FaultName, number>()
  while (!isOver()) {
    await after(300 + victim.chance.next() * 1200)
    const name = victim.chance.one(faultNames)
    await faults[name](victim)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}
