import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'vitest'
import { toNodeListener } from '../src/node/listener.ts'
import { hostSuite, type Listen } from './suite/index.ts'

const inProcess: Listen = async ({ fetch }) => ({ origin: 'https://host.example', send: fetch, close: async () => {} })

const overSocket: Listen = async (host) => {
  const server = createServer(toNodeListener(host))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    send: (request) => fetch(request),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

describe('a host called as a function', () => hostSuite(test, inProcess))
describe('a host behind node:http', () => hostSuite(test, overSocket))
