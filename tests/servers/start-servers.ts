import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { startCeph } from '../../scripts/ceph.js'
import { startPostgres } from '../../scripts/postgres.js'
import { startSwift } from '../../scripts/swift.js'

/** The servers that a run of the tests shares, each by how it is started. */
const starts = { ceph: startCeph, swift: startSwift, postgres: () => startPostgres() }

/** What a run of the tests shares. */
export type RunningServers = { readonly [Name in keyof typeof starts]: Awaited<ReturnType<(typeof starts)[Name]>> }

declare module 'vitest' {
  interface ProvidedContext {
    /** Where servers are asked for. */
    readonly servers: string
  }
}

const isName = (name: string): name is keyof typeof starts => Object.hasOwn(starts, name)

/** Starts each server when a test file asks for it first, and ends them all after the last. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<{ stop(): Promise<void> }>>()
  const desk = createServer(async ({ url = '/' }, answer) => {
    const name = url.slice(1)
    if (!isName(name)) return answer.writeHead(404).end()
    const starting = started.get(name) ?? starts[name]()
    started.set(name, starting)
    await starting.then(
      (server) => answer.end(JSON.stringify(server)),
      (error) => answer.writeHead(500).end(String(error)),
    )
  })
  await once(desk.listen(0, '127.0.0.1'), 'listening')
  desk.unref()
  const address = desk.address()
  provide('servers', `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}/`)
  return async () => {
    desk.closeAllConnections()
    await Promise.allSettled([...started.values()].map(async (starting) => (await starting).stop()))
  }
}
