import type { Host } from '@openwopi/host'
import { describe, expect, test } from 'vitest'
import { hostSuite, type Listen } from '../../packages/host/test/suite/index.ts'
import { listen as express } from '../express.ts'
import { listen as fastify } from '../fastify.ts'
import { listen as hono } from '../hono.ts'
import type { Listening } from '../listening.ts'
import { listen as next } from '../next.ts'
import { listen as node } from '../node.ts'

type Serve = (host: Pick<Host, 'fetch' | 'answer'>) => Promise<Listening>

const overSocket =
  (serve: Serve): Listen =>
  async (host) => ({ ...(await serve(host)), send: (request) => fetch(request) })

for (const [framework, serve] of Object.entries<Serve>({ node, express, fastify, hono, next })) {
  describe(`a host in ${framework}`, () => hostSuite(test, overSocket(serve)))
}

for (const [framework, serve] of Object.entries<Serve>({ express, fastify, hono })) {
  test(`The rest of an application in ${framework} is as before.`, async () => {
    const { origin, close } = await serve({ fetch: unused, answer: unused })
    const answer = await fetch(origin)
    expect([answer.status, await answer.text()]).toEqual([200, 'the rest of the application'])
    await close()
  })
}

async function unused(): Promise<never> {
  throw new Error('the host was not asked')
}
