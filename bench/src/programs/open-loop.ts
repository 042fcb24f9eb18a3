import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { numbersFrom } from '../numbers-from.ts'
import type { Sent } from '../open-loop.ts'

// Sends requests at the times at which people would, whether or not earlier ones have been answered: a server that stands
// still for a second is charged with all that waited for it.
const [told] = await once(process, 'message')
const { calls, seconds } = told as { readonly calls: readonly Sent[]; readonly seconds: number }

/** So many requests under way are a server that does not keep up. */
const mostUnderWay = 4000

const agent = new Agent({ keepAlive: true, maxSockets: 512 })

const random = numbersFrom(7)

interface Arrival {
  /** Milliseconds from the start. */
  readonly at: number
  readonly call: Sent
  readonly turn: number
}

/** People come without knowing of one another. */
function arrivalsOf(call: Sent): Arrival[] {
  const arrivals: Arrival[] = []
  let at = 0
  for (let turn = 0; ; turn++) {
    at += (-Math.log(1 - random()) * 1000) / call.perSecond
    if (at > seconds * 1000) return arrivals
    arrivals.push({ at, call, turn })
  }
}

const times = Object.fromEntries(calls.map(({ name }) => [name, [] as number[]]))
let failed = 0
let underWay = 0

function send({ at, call, turn }: Arrival, startedAt: number, done: () => void): void {
  const target = call.targets[turn % call.targets.length]
  if (!target) throw new Error(`${call.name} has nowhere to go`)
  underWay++
  const body = Buffer.alloc(call.bytes ?? 0, 'x')
  const sent = request({
    ...{ agent, host: '127.0.0.1', port: call.port, method: call.method, path: target },
    headers: { ...call.headers, ...(call.method === 'POST' && { 'Content-Length': body.byteLength }) },
  })
  const end = (isGood: boolean, why: unknown = 'no answer') => {
    underWay--
    if (isGood) times[call.name]?.push(performance.now() - startedAt - at)
    else if (failed++ === 0) console.error(`${call.name} failed: ${String(why)}`)
    done()
  }
  sent.on('response', (answer) => {
    answer.resume()
    answer.once('end', () => end(answer.statusCode === 200, answer.statusCode))
    answer.once('error', (error) => end(false, error))
  })
  sent.once('error', (error) => end(false, error))
  sent.end(body)
}

/** Timers fire up to a millisecond late, which is charged to nobody: what is due is looked for all the time. */
async function run(arrivals: readonly Arrival[]): Promise<void> {
  const startedAt = performance.now()
  const answered: Promise<void>[] = []
  for (const arrival of arrivals) {
    while (performance.now() - startedAt < arrival.at) await new Promise<void>((tick) => setImmediate(tick))
    if (underWay > mostUnderWay) break
    answered.push(new Promise((done) => send(arrival, startedAt, done)))
  }
  await Promise.all(answered)
  failed += arrivals.length - answered.length
}

process.once('disconnect', () => process.exit())
const arrivals = calls.flatMap(arrivalsOf).sort((a, b) => a.at - b.at)
await run(arrivals)
agent.destroy()
process.send?.({ times, failed, sent: arrivals.length })
