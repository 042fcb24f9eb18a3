import { createServer } from 'node:http'
import type { Host } from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import express from 'express'
import { type Listening, listening } from './listening.ts'

/** A host in an Express application. */
export function listen(host: Pick<Host, 'fetch' | 'answer'>): Promise<Listening> {
  const app = express()
  // Before `express.json()` and whatever else reads bodies: a body can be read only once.
  app.use('/wopi', toNodeListener(host))
  app.use(express.json())
  app.get('/', (_request, response) => void response.send('the rest of the application'))
  return listening(createServer(app))
}
