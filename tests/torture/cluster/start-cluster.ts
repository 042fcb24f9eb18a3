import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../../../scripts/local-server.js'
import { startPostgres } from '../../../scripts/postgres.js'
import { type Node, startNode } from './start-node.ts'
import { openWay, type Way } from './way.ts'

/** One server of a cluster, and its own way to the database. */
export interface Member {
  /** Where it answers, whenever it runs. */
  readonly url: string
  readonly way: Way
  /** The present process. */
  node(): Node
  /** Ends the process with no warning, and starts another in its place. */
  restart(): Promise<void>
}

/** Several servers on one PostgreSQL, and everything that can go wrong with them. */
export interface Cluster {
  readonly members: readonly [Member, ...Member[]]
  readonly database: Awaited<ReturnType<typeof startPostgres>>
  stop(): Promise<void>
}

export interface ClusterOptions {
  /** Milliseconds. */
  readonly lockLifetime: number
  /** How wrong the clock of each server is, in milliseconds: one for each. */
  readonly clocks: readonly number[]
  /** In which way every server is broken: a name of `breaks`. */
  readonly broken?: string
}

/** Starts a database and servers that share it. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-torture-'))
  const database = await startPostgres()
  const ports = await freePorts(options.clocks.length)
  const started: Member[] = []
  async function stop() {
    await Promise.all(started.map((member) => member.node().kill()))
    await Promise.all(started.map(({ way }) => way.close()))
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    for (const [index, clockShift] of options.clocks.entries())
      started.push(await startMember({ options, folder, database, clockShift, port: ports[index] ?? 0 }))
    const [first, ...rest] = started
    if (!first) throw new Error('a cluster has at least one server')
    return { members: [first, ...rest], database, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Place {
  readonly options: ClusterOptions
  readonly folder: string
  readonly database: Cluster['database']
  readonly clockShift: number
  readonly port: number
}

async function startMember({ options, folder, database, clockShift, port }: Place): Promise<Member> {
  const way = await openWay(database.port)
  const { lockLifetime, broken } = options
  const start = () =>
    startNode({
      database: database.url.replace(`:${database.port}/`, `:${way.port}/`),
      blobs: join(folder, 'blobs'),
      dataFolder: join(folder, String(port)),
      port,
      lockLifetime,
      clockShift,
      ...(broken !== undefined && { broken }),
    })
  let node = await start().catch(async (error) => {
    await way.close()
    throw error
  })
  return {
    url: node.url,
    way,
    node: () => node,
    async restart() {
      await node.kill()
      node = await start()
    },
  }
}
