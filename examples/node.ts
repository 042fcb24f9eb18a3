import { createServer } from 'node:http'
import type { Host } from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { type Listening, listening } from './listening.ts'

/** A host on Node's own server, without a framework. */
export const listen = (host: Pick<Host, 'fetch' | 'answer'>): Promise<Listening> =>
  listening(createServer(toNodeListener(host)))
