import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startBalancer } from '../../scripts/cluster/balancer.js'

/** A server that says it takes work until it is told otherwise. */
async function server(listener: RequestListener) {
  let status = 200
  const there = createServer((req, res) => (req.url === '/readyz' ? res.writeHead(status).end() : listener(req, res)))
  there.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n')
    socket.pipe(socket)
  })
  await once(there.listen(0, '127.0.0.1'), 'listening')
  const { port } = there.address() as AddressInfo
  const stop = () => {
    there.closeAllConnections()
    there.close()
  }
  onTestFinished(stop)
  const becomes = (next: number) => {
    status = next
  }
  return { port, stop, becomes }
}

async function balancer(...ports: readonly number[]) {
  const started = await startBalancer([0])
  onTestFinished(() => started.close())
  for (const port of ports) started.add([port], `http://127.0.0.1:${port}/readyz`)
  return `http://127.0.0.1:${started.ports[0]}`
}

const named =
  (name: string): RequestListener =>
  (req, res) =>
    req.pipe(res.writeHead(200, { 'X-Name': name, 'X-Lock': String(req.headers['x-wopi-lock']) }))

const nameOf = async (url: string) => (await fetch(url)).headers.get('X-Name')

test('Servers are asked in turn, with every header and the whole body.', async () => {
  const [one, two] = [await server(named('one')), await server(named('two'))]
  const url = await balancer(one.port, two.port)
  expect(new Set([await nameOf(url), await nameOf(url)])).toEqual(new Set(['one', 'two']))
  const body = 'x'.repeat(1_000_000)
  const answer = await fetch(url, { method: 'POST', body, headers: { 'X-WOPI-Lock': '' } })
  expect(answer.headers.get('X-Lock')).toBe('')
  expect(await answer.text()).toBe(body)
})

test('A server that is gone is not noticed, whatever is asked.', async () => {
  const [one, two] = [await server(named('one')), await server(named('two'))]
  const url = await balancer(one.port, two.port)
  one.stop()
  for (let count = 0; count < 4; count++) {
    expect(await nameOf(url)).toBe('two')
    expect(await (await fetch(url, { method: 'POST', body: 'all of it' })).text()).toBe('all of it')
  }
})

test('What may have been heeded is not asked again.', async () => {
  let asked = 0
  const breaking: RequestListener = (req) => {
    asked++
    req.socket.destroy()
  }
  const [one, two] = [await server(breaking), await server(breaking)]
  const url = await balancer(one.port, two.port)
  expect((await fetch(url, { method: 'POST', body: 'once' })).status).toBe(502)
  expect(asked).toBe(1)
  expect((await fetch(url)).status).toBe(502)
  expect(asked).toBe(3)
})

test('A server that says it takes no work gets none.', async () => {
  const [one, two] = [await server(named('one')), await server(named('two'))]
  const url = await balancer(one.port, two.port)
  one.becomes(503)
  await expect.poll(async () => [await nameOf(url), await nameOf(url)], { interval: 100 }).toEqual(['two', 'two'])
})

test('A WebSocket passes, to a server that is there.', async () => {
  const [gone, there] = [await server(named('gone')), await server(named('there'))]
  const { port } = new URL(await balancer(gone.port, there.port))
  gone.stop()
  for (let count = 0; count < 2; count++) {
    const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8')
    onTestFinished(() => void socket.destroy())
    socket.write('GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
    let heard = ''
    socket.on('data', (text: string) => {
      if (!heard) socket.write('there and back')
      heard += text
    })
    await expect.poll(() => heard).toMatch(/^HTTP\/1\.1 101 [\s\S]*there and back$/)
  }
})
