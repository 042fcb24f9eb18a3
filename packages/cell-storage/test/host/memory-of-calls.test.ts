import { once } from 'node:events'
import { type ClientRequest, request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { recentPartitions } from '../../src/index.ts'
import { bare } from '../envelope/bodies.ts'
import * as vectors from '../vectors.ts'
import { cell, openWorld } from './world.ts'

const MiB = 2 ** 20
const whoAmI = (data = '') =>
  `<SubRequest Type="WhoAmI" SubRequestToken="1"><SubRequestData>${data}</SubRequestData></SubRequest>`
/** A body of three mebibytes that asks for little. */
const long = bare(whoAmI('x'.repeat(3 * MiB)))

/** A world in which one long body has room. */
async function tightWorld(patience: number) {
  const world = await openWorld({ memory: 14 * MiB, patience, recent: recentPartitions(0) })
  const file = await world.make('a.txt', 'x'.repeat(5 * MiB))
  const url = `${world.url}/files/${file.id}?access_token=${world.tokenFor(file)}`

  /** Begins to send a long body, of which the end is kept back. */
  function begin(): ClientRequest {
    const headers = { 'X-WOPI-Override': 'COBALT', 'Content-Length': long.length }
    const begun = request(url, { method: 'POST', headers })
    begun.on('error', () => undefined)
    begun.write(long.slice(0, -100))
    return begun
  }

  const sendLong = () => world.send(file, { override: 'COBALT', body: long })
  const sendShort = async () => (await world.ask(file, whoAmI())).status
  /** Waits until a long body has no room. */
  async function full(): Promise<void> {
    for (;;) {
      const answer = await sendLong()
      await answer.arrayBuffer()
      if (answer.status === 503) return
    }
  }
  return { ...world, file, url, begin, sendLong, sendShort, full }
}

describe('Large bodies share memory', () => {
  test('so that one waits for another, and short ones for none', async () => {
    const { begin, sendLong, sendShort } = await tightWorld(60_000)
    const first = begin()
    await once(first, 'socket')
    const answers = Promise.all([sendLong(), sendLong(), sendLong()])
    expect(await sendShort()).toBe(200)
    first.end(long.slice(-100))
    const [answer] = await once(first, 'response')
    expect(answer.statusCode).toBe(200)
    answer.resume()
    for (const { status } of await answers) expect(status).toBe(200)
  })

  test('and who waits too long is told when to come again', async () => {
    const { begin, sendLong, sendShort, full } = await tightWorld(20)
    const first = begin()
    await full()
    const answer = await sendLong()
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '10'])
    await answer.arrayBuffer()
    expect(await sendShort()).toBe(200)
    first.destroy()
  })

  test('which is free again once a client has gone, before all of its body was there', async () => {
    const { begin, sendLong, full } = await tightWorld(20)
    const first = begin()
    await full()
    first.destroy()
    await expect.poll(async () => (await sendLong()).status, { timeout: 20_000 }).toBe(200)
  })
})

describe('Large files share memory', () => {
  test('which is free again once a client has gone that has not read its answer', async () => {
    const { url, ask, file } = await tightWorld(20)
    const query = cell(1, vectors.queryChanges)
    expect((await ask(file, query)).codes).toEqual(['Success'])
    const body = bare(query)
    const asking = request(url, { method: 'POST', headers: { 'X-WOPI-Override': 'COBALT' } }).end(body)
    asking.on('error', () => undefined)
    const [answer] = await once(asking, 'response')
    // Its socket is full long before the end.
    answer.pause()
    asking.destroy()
    await expect.poll(async () => (await ask(file, query)).codes, { timeout: 20_000 }).toEqual(['Success'])
  })
})
