import { parentPort } from 'node:worker_threads'
import { readFacts } from './read-facts.ts'

parentPort?.once('message', async (bytes: Uint8Array) => {
  parentPort?.postMessage(await readFacts(bytes))
})
