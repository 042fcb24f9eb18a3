import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { expect, onTestFinished, test, vi } from 'vitest'
import { explainStart } from '../src/cli/explain-start.ts'
import type { Config } from '../src/config.ts'
import { start } from './start.ts'

async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}

const metricsOf = async (port = 0) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()

const here = { host: '127.0.0.1', port: 0 }

test('metrics count each call by operation, client and status, and time it and the ports under it', async () => {
  const server = await start({ files: { 'a.txt': 'one' }, config: { metrics: here } })
  const file = createClient(await server.token({ path: 'a.txt' }))
  await file.checkFileInfo()
  await file.lock({ lock: 'mine' })
  await file.putFile({ lock: 'yours', content: bytes('two') }).catch(() => {})
  await server.list()

  const text = await metricsOf(server.metricsPort)
  expect(text).toContain('openwopi_calls_total{operation="checkFileInfo",client="none",status="200"} 1')
  expect(text).toContain('openwopi_calls_total{operation="putFile",client="none",status="409"} 1')
  expect(text).toContain('openwopi_call_duration_seconds_count{operation="lock"} 1')
  expect(text).toMatch(/openwopi_port_call_duration_seconds_count\{call="storage.find",outcome="done"\} \d/)
  expect(text).toMatch(/openwopi_port_call_duration_seconds_count\{call="locks.swap",outcome="done"\} 1/)
  expect(text).toMatch(/openwopi_request_duration_seconds_count\{route="\/api\/folders\/:id",status="200"\} 1/)
  expect(text).toContain('openwopi_ready 1')
  expect(text).toContain('openwopi_failed_saves 0')
  expect(text).toContain('nodejs_eventloop_lag_seconds')
})

test('metrics hold no token, no person and no file', async () => {
  const server = await start({ files: { 'plans-of-anna.txt': 'one' }, config: { metrics: here } })
  const { wopiSrc, accessToken } = await server.token({ path: 'plans-of-anna.txt' })
  const file = createClient({ wopiSrc, accessToken })
  await file.checkFileInfo()
  await fetch(`${wopiSrc}/nothing-of-the-kind?access_token=${accessToken}`)
  await server.ask('/no-such-page')
  await server.ask(`/download/${wopiSrc.split('/').at(-1)}`)

  const text = await metricsOf(server.metricsPort)
  for (const secret of [
    accessToken,
    'plans-of-anna',
    wopiSrc.split('/').at(-1),
    'no-such-page',
    'nothing-of-the-kind',
  ]) {
    expect(text).not.toContain(secret)
  }
})

test('metrics are nowhere to be had where nobody asked for them', async () => {
  const server = await start()
  expect(server.metricsPort).toBeUndefined()
  expect((await server.ask('/metrics')).status).toBe(404)
})

test('metrics at a port that is in use keep the server from starting, and it says which option to change', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const metrics = { host: '127.0.0.1', port: (other.address() as AddressInfo).port }
  const failed = await start({ config: { metrics } }).catch((error: unknown) => error)
  const { message } = explainStart(failed, { host: '127.0.0.1', dataFolder: '/data', metrics } as Config)
  expect(message).toContain(`127.0.0.1:${metrics.port} is in use by another program`)
  expect(message).toContain('--metrics')
})

test('a server says that it lives and takes work, to everybody and by any name', async () => {
  const server = await start({ users: { anna: 'pass-word-of-anna' } })
  const { port } = new URL(server.url)
  for (const [path, text] of [
    ['/healthz', 'ok\n'],
    ['/readyz', 'ready\n'],
  ]) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { Host: 'balancer.example.org' } })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe(text)
  }
})

test('a server that was told to stop is not ready, answers on until the balancer knows, and then sends work away', async () => {
  const server = await start({ files: { 'a.txt': 'one' }, config: { drainDelay: 5000, drainLimit: 60_000 } })
  const file = createClient(await server.token({ path: 'a.txt' }))
  await file.lock({ lock: 'mine' })
  let goOn = () => {}
  const rest = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const saved = file.putFile({
    lock: 'mine',
    content: (async function* () {
      yield new TextEncoder().encode('saved ')
      await rest
      yield new TextEncoder().encode('whole')
    })(),
  })
  const stopped = server.stop()

  const unready = await server.ask('/readyz')
  expect(unready.status).toBe(503)
  expect(await unready.text()).toBe('stopping\n')
  expect((await file.checkFileInfo()).info.BaseFileName).toBe('a.txt')
  const sentAway = async () => {
    const response = await server.ask('/sign-in', { headers: { Connection: 'close' } })
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '2'])
  }
  await vi.waitFor(sentAway, { timeout: 60_000, interval: 20 })
  await sentAway()
  goOn()
  await expect(saved).resolves.toMatchObject({ version: expect.any(String) })
  await stopped
  expect(await readFile(join(server.folder, 'a.txt'), 'utf8')).toBe('saved whole')
})

test('traces show each call with the port calls it makes, and nothing of tokens, people and files', async () => {
  const collector = await startCollector()
  const server = await start({ files: { 'plans-of-anna.txt': 'one' }, config: { traces: collector.url } })
  const { wopiSrc, accessToken } = await server.token({ path: 'plans-of-anna.txt' })
  const response = await fetch(`${wopiSrc}?access_token=${accessToken}`, {
    headers: { 'X-WOPI-CorrelationId': 'correlation-1' },
  })
  await response.text()
  await server.stop()

  const spans = collector.spans()
  const call = spans.find(({ name }) => name === 'checkFileInfo')
  expect(call?.attributes).toContainEqual({ key: 'openwopi.correlation_id', value: { stringValue: 'correlation-1' } })
  expect(call?.attributes).toContainEqual({ key: 'http.response.status_code', value: { intValue: 200 } })
  const under = spans.filter(({ parentSpanId }) => parentSpanId === call?.spanId).map(({ name }) => name)
  expect(under).toEqual(expect.arrayContaining(['access.authorize', 'storage.find']))
  for (const secret of [accessToken, 'plans-of-anna']) expect(JSON.stringify(spans)).not.toContain(secret)
})

test('a call goes on with the trace that a proxy or client has begun, whether or not that one records it', async () => {
  const collector = await startCollector()
  const server = await start({ files: { 'a.txt': 'one' }, config: { traces: collector.url } })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt' })
  const [trace, parent] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']
  const call = async (headers: Record<string, string>) =>
    (await fetch(`${wopiSrc}?access_token=${accessToken}`, { headers })).text()
  await call({ traceparent: `00-${trace}-${parent}-01`, tracestate: 'vendor=opaque-text' })
  await call({ traceparent: `00-${trace}-${parent}-00` })
  await call({ traceparent: `cc-${trace}-${parent}-01-what-comes-later` })
  await server.stop()

  const calls = collector.spans().filter(({ name }) => name === 'checkFileInfo')
  expect(calls.map(({ traceId, parentSpanId }) => [traceId, parentSpanId])).toEqual(Array(3).fill([trace, parent]))
  const under = collector.spans().filter(({ parentSpanId }) => parentSpanId === calls[0]?.spanId)
  expect(under.map(({ traceId }) => traceId)).toEqual(under.map(() => trace))
  expect(under.length).toBeGreaterThan(0)
  expect(JSON.stringify(collector.spans())).not.toContain('opaque-text')
})

test('a trace context that is not valid is ignored: the call is answered and begins a trace of its own', async () => {
  const collector = await startCollector()
  const server = await start({ files: { 'a.txt': 'one' }, config: { traces: collector.url } })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt' })
  const [trace, parent] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']
  const broken = [
    `ff-${trace}-${parent}-01`,
    `00-${trace}-${parent}-01-more`,
    `00-${trace}-${parent}`,
    `00-${trace.toUpperCase()}-${parent}-01`,
    `00-${'0'.repeat(32)}-${parent}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace}-${parent}-01, 00-${trace}-${parent}-01`,
    `00-${'x'.repeat(32)}-${parent}-01`,
    'a'.repeat(4000),
  ]
  for (const traceparent of broken) {
    const response = await fetch(`${wopiSrc}?access_token=${accessToken}`, { headers: { traceparent } })
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('a.txt')])
  }
  await server.stop()

  const calls = collector.spans().filter(({ name }) => name === 'checkFileInfo')
  expect(calls).toHaveLength(broken.length)
  expect(new Set(calls.map(({ traceId }) => traceId)).size).toBe(broken.length)
  for (const call of calls) {
    expect(call.traceId.toLowerCase()).not.toBe(trace)
    expect(call.parentSpanId ?? '').toBe('')
  }
})

test('a collector of traces that is away keeps no call and no end of the server waiting', async () => {
  const server = await start({ files: { 'a.txt': 'one' }, config: { traces: 'http://127.0.0.1:9/v1/traces' } })
  const file = createClient(await server.token({ path: 'a.txt' }))
  expect((await file.checkFileInfo()).info.BaseFileName).toBe('a.txt')
  await server.stop()
})

interface CollectedSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes: readonly object[]
}

/** A collector that takes OTLP over HTTP, as JSON. */
async function startCollector() {
  const bodies: string[] = []
  const server = createServer((req, res) => {
    let body = ''
    req.on('data', (chunk) => {
      body += chunk
    })
    req.on('end', () => {
      bodies.push(body)
      res.writeHead(200, { 'Content-Type': 'application/json' }).end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1/traces`,
    spans: (): CollectedSpan[] =>
      bodies
        .map((body) => JSON.parse(body))
        .flatMap(({ resourceSpans }) => resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap(({ spans }) => spans),
  }
}
