import { WopiError } from '@openwopi/protocol'
import { expect, test } from 'vitest'
import { BadAnswer, bytesOf, createClient, followUrl } from '../src/index.ts'
import { aRecorder, aServer, inPieces } from './a-server.ts'

const info = { BaseFileName: 'a.txt', OwnerId: 'o', Size: 3, UserId: 'u', Version: '1' }
const textOf = async (content: AsyncIterable<Uint8Array>) => new TextDecoder().decode(await bytesOf(content))

test('CheckFileInfo is a GET of the WOPISrc with the token in the query and nowhere else', async () => {
  const host = await aRecorder((_, res) => res.end(JSON.stringify(info)))
  const file = createClient({ wopiSrc: `${host.url}/wopi/files/4%202`, accessToken: 'to/ken+&=' })
  expect(await file.checkFileInfo()).toEqual({ info })
  const [request] = host.received
  expect(request?.method).toBe('GET')
  expect(request?.url).toBe('/wopi/files/4%202?access_token=to%2Fken%2B%26%3D')
  expect(JSON.stringify(request?.headers)).not.toContain('ken')
})

test('the sub-path goes before a query that the WOPISrc already has, and an old token in it is replaced', async () => {
  const host = await aRecorder((_, res) => res.end('abc'))
  const wopiSrc = `${host.url}/wopi/files/1?tenant=a%20b&access_token=old&access_token_ttl=5`
  const { content } = await createClient({ wopiSrc, accessToken: 'new' }).getFile()
  expect(await textOf(content)).toBe('abc')
  expect(host.received[0]?.url).toBe('/wopi/files/1/contents?tenant=a%20b&access_token=new')
})

test('a function as token is asked before each request, and a call may carry another token', async () => {
  const host = await aRecorder((_, res) => res.end(JSON.stringify(info)))
  let count = 0
  const file = createClient({ wopiSrc: `${host.url}/wopi/files/1`, accessToken: () => `t${++count}` })
  await file.checkFileInfo()
  await file.checkFileInfo()
  await file.checkFileInfo({}, { accessToken: 'other' })
  expect(host.received.map(({ url }) => url.split('=')[1])).toEqual(['t1', 't2', 'other'])
})

test('the bearer header is sent when asked for, and left out where a header cannot carry the token', async () => {
  const host = await aRecorder((_, res) => res.end(JSON.stringify(info)))
  const options = { wopiSrc: `${host.url}/wopi/files/1`, accessToken: 'abc', sendsAuthorization: true }
  await createClient(options).checkFileInfo()
  await createClient({ ...options, accessToken: 'é\n' }).checkFileInfo()
  expect(host.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer abc', undefined])
})

test('the signer is given the address exactly as it is sent', async () => {
  const host = await aRecorder((_, res) => res.end(JSON.stringify(info)))
  const signed: { url: string; token: string }[] = []
  const sign = (request: { url: string; token: string }) => {
    signed.push(request)
    return { 'X-WOPI-Proof': 'p' }
  }
  await createClient({ wopiSrc: `${host.url}/wopi/files/%7Ea b`, accessToken: 'tö', sign }).checkFileInfo()
  expect(signed).toEqual([{ url: `${host.url}${host.received[0]?.url}`, token: 'tö' }])
  expect(host.received[0]?.headers['x-wopi-proof']).toBe('p')
})

test('PutFile sends flowing content with a length when one is known, and in chunks when none is', async () => {
  const host = await aRecorder((_, res) => res.writeHead(200, { 'X-WOPI-ItemVersion': 'v2' }).end())
  const file = createClient({ wopiSrc: `${host.url}/wopi/files/1`, accessToken: 't' })
  expect(await file.putFile({ lock: 'L', content: inPieces('ab', 'c'), size: 3 })).toEqual({ version: 'v2' })
  await file.putFile({ lock: 'L', content: inPieces('ab', 'c') })
  await file.putFile({ lock: 'L', content: new TextEncoder().encode('abc') })
  await file.putFile({ lock: 'L', content: new Blob(['abc']) })
  expect(host.received.map(({ body }) => body.toString())).toEqual(['abc', 'abc', 'abc', 'abc'])
  expect(host.received.map(({ headers }) => headers['content-length'])).toEqual(['3', undefined, '3', '3'])
  expect(host.received[0]?.headers).toMatchObject({ 'x-wopi-override': 'PUT', 'x-wopi-lock': 'L' })
})

test('a save is done whatever else the body of its answer says', async () => {
  const host = await aRecorder((_, res) => res.writeHead(200, { 'Content-Type': 'text/html' }).end('<b>fine</b>'))
  const file = createClient({ wopiSrc: `${host.url}/wopi/files/1`, accessToken: 't' })
  expect(await file.putFile({ content: new Uint8Array(1) })).toEqual({})
})

test('the failure the host threw is thrown again, with its details', async () => {
  const host = await aRecorder((_, res) =>
    res.writeHead(409, { 'X-WOPI-Lock': 'theirs', 'X-WOPI-LockFailureReason': 'open elsewhere' }).end(),
  )
  const file = createClient({ wopiSrc: `${host.url}/wopi/files/1`, accessToken: 't' })
  const failure = await file.lock({ lock: 'mine' }).catch((error: unknown) => error)
  expect(WopiError.is(failure, 'LockMismatch') && failure.details).toEqual({ lock: 'theirs', reason: 'open elsewhere' })
})

test.each([
  [401, 'InvalidToken'],
  [403, 'InvalidToken'],
  [404, 'NotFound'],
  [409, 'LockMismatch'],
  [413, 'TooLargeToStore'],
  [429, 'ServerBusy'],
  [500, 'ServerError'],
  [501, 'NotImplemented'],
  [502, 'ServerError'],
  [202, 'ServerError'],
])('status %i on a save, with no header at all, is %s', async (status, code) => {
  const host = await aRecorder((_, res) => res.writeHead(status, { 'Retry-After': '7' }).end())
  const file = createClient({ wopiSrc: `${host.url}/wopi/files/1`, accessToken: 't' })
  const failure = await file.putFile({ content: inPieces('x') }).catch((error: unknown) => error)
  expect(failure).toMatchObject({ name: 'WopiError', code })
  if (code === 'ServerBusy') expect(failure).toMatchObject({ details: { retryAfter: '7' } })
})

test('a range answers with a part, and a part that nobody asked for is refused', async () => {
  const host = await aRecorder((_, res) => res.writeHead(206, { 'Content-Range': 'bytes 0-1/9' }).end('ab'))
  const file = createClient({ wopiSrc: `${host.url}/wopi/files/1`, accessToken: 't' })
  const part = await file.getFile({ range: 'bytes=0-1' })
  expect(part.contentRange).toBe('bytes 0-1/9')
  expect(await textOf(part.content)).toBe('ab')
  await expect(file.getFile()).rejects.toMatchObject({ code: 'ServerError' })
})

test('an answer that is not JSON, lacks a property it must have, or never ends is a BadAnswer', async () => {
  const bodies = ['<html>sign in</html>', '', '"text"', `{"BaseFileName":"${'x'.repeat(5 * 1024 * 1024)}"}`]
  const host = await aServer((_, res) => res.end(bodies.shift()))
  const file = createClient({ wopiSrc: `${host.url}/wopi/files/1`, accessToken: 't' })
  for (const _ of [1, 2, 3, 4]) await expect(file.checkFileInfo()).rejects.toBeInstanceOf(BadAnswer)
})

test('an endless answer is cut off, not collected', async () => {
  let sent = 0
  const host = await aServer((_, res) => {
    const more = () => {
      while (!res.destroyed && res.write('x'.repeat(65536))) sent += 65536
    }
    res.on('drain', more)
    more()
  })
  const file = createClient({ wopiSrc: `${host.url}/wopi/files/1`, accessToken: 't' })
  await expect(file.checkFileInfo()).rejects.toThrow('longer than')
  expect(sent).toBeLessThan(64 * 1024 * 1024)
})

test('what is not the address of a file is refused before anything is sent', () => {
  for (const wopiSrc of ['', 'files/1', 'file:///etc/passwd', 'http://user:pass@host/wopi/files/1'])
    expect(() => createClient({ wopiSrc, accessToken: 'secret' })).toThrow(TypeError)
})

test('the Url of a file that was made leads to a client of it, and only within the same origin', () => {
  const from = { wopiSrc: 'https://host/wopi/files/1', accessToken: 'old', sendsAuthorization: true }
  const to = followUrl(from, 'https://host/wopi/files/2?access_token=n%2Bw&access_token_ttl=9')
  expect(to).toEqual({ ...from, wopiSrc: 'https://host/wopi/files/2', accessToken: 'n+w' })
  for (const url of [
    'https://other/wopi/files/2?access_token=a',
    'http://host/wopi/files/2?access_token=a',
    'x',
    'https://host/wopi/files/2',
  ])
    expect(() => followUrl(from, url)).toThrow(BadAnswer)
})
