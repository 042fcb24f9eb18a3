import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { BadAnswer, bytesOf, createClient, systemTimers, type Timers, WopiUnreachable } from '../src/index.ts'
import { aClock } from './a-clock.ts'
import { aRecorder, aServer, inPieces } from './a-server.ts'

const info = JSON.stringify({ BaseFileName: 'a.txt', OwnerId: 'o', Size: 3, UserId: 'u', Version: '1' })
const utf8 = (text: string) => new TextEncoder().encode(text)
const secret = 'very-secret-token'
const clientOf = (url: string, timers: Timers = systemTimers) =>
  createClient({ wopiSrc: `${url}/wopi/files/1`, accessToken: secret, timers, sendsAuthorization: true })
const failureOf = async (call: Promise<unknown>): Promise<Error> => {
  const failure = await call.catch((error: unknown) => error)
  if (!(failure instanceof Error)) throw new Error('it did not fail')
  return failure
}

test('a redirect of a POST is not followed, and the failure says where it led', async () => {
  const target = await aRecorder((_, res) => res.end())
  const host = await aRecorder((_, res) =>
    res.writeHead(307, { Location: `${target.url}/wopi/files/1?access_token=${secret}` }).end(),
  )
  const file = clientOf(host.url)
  const failures = [await failureOf(file.lock({ lock: 'a' })), await failureOf(file.putFile({ content: utf8('abc') }))]
  for (const failure of failures) expect(failure.message).toContain(target.url)
  for (const failure of [...failures, await failureOf(file.putFile({ content: inPieces('abc') }))]) {
    expect(failure).toBeInstanceOf(BadAnswer)
    expect(failure.message).toContain('a POST is not followed')
    expect(failure.message).not.toContain(secret)
  }
  expect(target.received).toEqual([])
})

test('a GET is followed within its origin, at most three times, and signed anew each time', async () => {
  const signed: string[] = []
  let hops = 3
  const host = await aRecorder((_, res) => {
    if (hops-- > 0) res.writeHead(302, { Location: `/moved/wopi/files/${hops}` }).end()
    else res.end(info)
  })
  const sign = ({ url }: { url: string }) => {
    signed.push(url)
    return {}
  }
  const file = createClient({ wopiSrc: `${host.url}/wopi/files/1`, accessToken: 't', sign })
  expect((await file.checkFileInfo()).info.Version).toBe('1')
  expect(signed).toEqual(host.received.map(({ url }) => host.url + url))
  expect(host.received.at(-1)?.url).toBe('/moved/wopi/files/0?access_token=t')
  hops = 4
  expect(await failureOf(file.checkFileInfo())).toBeInstanceOf(BadAnswer)
})

test('a GET is not followed to another origin', async () => {
  const target = await aRecorder((_, res) => res.end(info))
  const host = await aServer((_, res) => res.writeHead(302, { Location: `${target.url}/wopi/files/1` }).end())
  const failure = await failureOf(clientOf(host.url).checkFileInfo())
  expect(failure).toBeInstanceOf(BadAnswer)
  expect(failure.message).toContain('not sent to another origin')
  expect(target.received).toEqual([])
})

test('content that ends early is a failure, never a short document', async () => {
  const host = await aServer((_, res) => {
    res.writeHead(200, { 'Content-Length': '1000' })
    res.write('only this', () => res.destroy())
  })
  const { content } = await clientOf(host.url).getFile()
  expect(await failureOf(bytesOf(content))).toBeInstanceOf(WopiUnreachable)
})

test('content that does not have the announced length is a failure whatever fetch makes of it', async () => {
  const headers = { 'Content-Length': '10' }
  const fetch = async () => new Response('short', { headers })
  const { content } = await createClient({ wopiSrc: 'http://host/wopi/files/1', accessToken: 't', fetch }).getFile()
  await expect(bytesOf(content)).rejects.toThrow('ended after 5 of 10 bytes')
})

test('chunked content that ends early is a failure too', async () => {
  const host = await aServer((_, res) => res.write('only this', () => res.destroy()))
  const { content } = await clientOf(host.url).getFile()
  expect(await failureOf(bytesOf(content))).toBeInstanceOf(WopiUnreachable)
})

test('a host that is not there is unreachable, and the token is not in what is said about it', async () => {
  const { url, server } = await aServer(() => {})
  await new Promise((resolve) => server.close(resolve))
  const failure = await failureOf(clientOf(url).checkFileInfo())
  expect(failure).toBeInstanceOf(WopiUnreachable)
  expect(failure.message).toContain('ECONNREFUSED')
  expect(JSON.stringify([failure.message, failure.stack, String(failure.cause)])).not.toContain(secret)
})

test('a host that drops the connection is unreachable', async () => {
  const host = await aServer((req) => req.socket.destroy())
  expect(await failureOf(clientOf(host.url).lock({ lock: 'a' }))).toBeInstanceOf(WopiUnreachable)
})

test('what does not speak HTTP is unreachable', async () => {
  const server = createServer((socket) => socket.end('220 mail.example ESMTP\r\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  expect(await failureOf(clientOf(url).checkFileInfo())).toBeInstanceOf(WopiUnreachable)
})

test('a host that takes the request and says nothing for a minute is given up', async () => {
  const clock = aClock()
  let isAsked = false
  const host = await aServer(() => {
    isAsked = true
  })
  const failed = failureOf(clientOf(host.url, clock).checkFileInfo())
  await expect.poll(() => isAsked).toBe(true)
  clock.advance(60_000)
  const failure = await failed
  expect(failure).toBeInstanceOf(WopiUnreachable)
  expect(failure.message).toContain('nothing moved')
})

test('a host that stops in mid-answer for a minute is given up', async () => {
  const clock = aClock()
  const host = await aServer((_, res) => void res.writeHead(200, { 'Content-Length': '1000' }).write('abc'))
  const { content } = await clientOf(host.url, clock).getFile()
  let size = 0
  const reading = failureOf(
    (async () => {
      for await (const chunk of content) size += chunk.byteLength
    })(),
  )
  await expect.poll(() => size).toBe(3)
  clock.advance(60_000)
  const failure = await reading
  expect(failure).toBeInstanceOf(WopiUnreachable)
  expect(failure.message).toContain('nothing moved')
})

test('a slow reader and a slow writer are not a slow host', async () => {
  const clock = aClock()
  const host = await aServer((req, res) => req.resume().on('end', () => res.end('x'.repeat(1_000_000))))
  async function* slowly() {
    for (const piece of ['a', 'b', 'c']) {
      clock.advance(600_000)
      yield Buffer.from(piece)
    }
  }
  const file = clientOf(host.url, clock)
  await file.putFile({ content: slowly() })
  let size = 0
  for await (const chunk of (await file.getFile()).content) {
    clock.advance(600_000)
    size += chunk.byteLength
  }
  expect(size).toBe(1_000_000)
  expect(clock.pending).toBe(0)
})

test('a caller who gives up gets its own reason', async () => {
  const host = await aServer(() => {})
  const controller = new AbortController()
  const call = clientOf(host.url).checkFileInfo({}, { signal: controller.signal })
  controller.abort(new Error('the tab was closed'))
  await expect(call).rejects.toThrow('the tab was closed')
  await expect(clientOf(host.url).checkFileInfo({}, { signal: controller.signal })).rejects.toThrow(
    'the tab was closed',
  )
})

test('content that fails at its source fails with its own reason, and the host sees no whole upload', async () => {
  let isWhole = false
  const host = await aServer((req, res) => {
    req.resume().on('end', () => {
      isWhole = true
      res.end()
    })
  })
  async function* broken() {
    yield Buffer.from('half')
    throw new Error('the disk is gone')
  }
  await expect(clientOf(host.url).putFile({ content: broken(), size: 8 })).rejects.toThrow('the disk is gone')
  await expect(clientOf(host.url).putFile({ content: broken() })).rejects.toThrow('the disk is gone')
  expect(isWhole).toBe(false)
})

test('a refusal that comes before the content has gone out is heard, and the upload stops', async () => {
  const host = await aServer((_, res) => res.writeHead(413).end())
  let isReleased = false
  async function* endless() {
    try {
      for (;;) {
        yield new Uint8Array(1024)
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    } finally {
      isReleased = true
    }
  }
  const failure = await failureOf(clientOf(host.url).putFile({ content: endless() }))
  expect(failure).toMatchObject({ code: 'TooLargeToStore' })
  await expect.poll(() => isReleased).toBe(true)
})

test('a 409 whose empty X-WOPI-Lock a proxy has dropped says that nobody holds the file', async () => {
  const host = await aServer((_, res) => res.writeHead(409).end())
  const failure = await failureOf(clientOf(host.url).refreshLock({ lock: 'a' }))
  expect(failure).toMatchObject({ code: 'LockMismatch', details: { lock: '' } })
})

test('an error page of any size does not get in the way of the failure', async () => {
  const host = await aServer((_, res) => res.writeHead(500).end('x'.repeat(10_000_000)))
  expect(await failureOf(clientOf(host.url).lock({ lock: 'a' }))).toMatchObject({ code: 'ServerError' })
})

test('a compressed answer is read whole although its length is that of the compressed bytes', async () => {
  const { gzipSync } = await import('node:zlib')
  const body = gzipSync('plain text '.repeat(1000))
  const host = await aServer((_, res) =>
    res.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': body.length }).end(body),
  )
  const { content, size } = await clientOf(host.url).getFile()
  expect(size).toBeUndefined()
  expect((await bytesOf(content)).byteLength).toBe(11_000)
})

test('connections are used again from one call to the next', async () => {
  const { url, server } = await aServer((req, res) => req.resume().on('end', () => res.end('{}')))
  let connections = 0
  server.on('connection', () => connections++)
  const file = clientOf(url)
  for (let i = 0; i < 5; i++) {
    await file.lock({ lock: 'a' })
    await file.putFile({ lock: 'a', content: inPieces('abc') })
    await bytesOf((await file.getFile()).content)
  }
  expect(connections).toBeLessThanOrEqual(2)
})
