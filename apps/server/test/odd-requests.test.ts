import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Server, start } from './start.ts'

interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The status with which the server answers what no well-meant program would send. */
async function statusOf(server: Server, { method, path, headers, body }: Sent): Promise<number> {
  const { hostname, port, host } = new URL(server.url)
  const lines = Object.entries({
    Host: host,
    Connection: 'close',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  })
  const socket = connect(Number(port), hostname)
  const head = [`${method} ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`)].join('\r\n')
  socket.write(`${head}\r\n\r\n${body}`)
  let answer = ''
  socket.setEncoding('latin1').on('data', (text) => {
    answer += text
  })
  await once(socket, 'close')
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? Number.NaN)
}

const failures = (server: Server) => server.log.filter(({ level }) => level === 'error')

test('an address that cannot be read, or a page that never began, is the fault of whoever asks', async () => {
  const server = await start()
  const get = (path: string) => statusOf(server, { method: 'GET', path, headers: {}, body: '' })
  expect(await get('/assets/%ff')).toBe(404)
  expect(await get("/api/folders/root?after='")).toBe(400)
  expect(failures(server)).toEqual([])
})

const odd = fc.oneof(
  fc.constantFrom(
    '%ff',
    '%00',
    '..',
    '%2e%2e%2f',
    "'",
    '%',
    '%E2%82',
    '[]',
    '-1',
    '1e999',
    'NaN',
    '__proto__',
    'a'.repeat(5000),
    '💥',
    '\\',
    'root',
    '',
  ),
  fc.webSegment(),
)
const target = (id: string) =>
  fc
    .tuple(
      fc.constantFrom(
        '/',
        '/trash',
        '/sign-in',
        '/assets/*',
        '/folder/*',
        '/open/*',
        '/download/*',
        '/api/session',
        '/api/folders/*',
        '/api/folders/*/folders',
        '/api/folders/*/files',
        '/api/files/*',
        '/api/files/*/content',
        '/api/files/*/lock',
        '/api/files/*/versions',
        '/api/files/*/versions/*/content',
        '/api/files/*/versions/*/restore',
        '/api/trash',
        '/api/trash/*/restore',
        '/api/search',
        '/api/uploads',
        '/api/uploads/*',
        '/api/control/token',
        '/api/control/revoke',
        '/wopi/files/*',
        '/wopi/files/*/contents',
        '/wopi/*',
        '/*',
      ),
      fc.array(fc.oneof(fc.constant(id), odd), { minLength: 2, maxLength: 2 }),
      fc.array(
        fc.tuple(
          fc.constantFrom(
            'after',
            'limit',
            'sort',
            'descending',
            'q',
            'action',
            'client',
            'user',
            'expires',
            'signature',
            'inline',
            'access_token',
            'next',
            'wdx',
          ),
          odd,
        ),
        { maxLength: 3 },
      ),
    )
    .map(([path, parts, query]) => {
      const left = [...parts]
      const filled = path.replace(/\*/g, () => left.shift() ?? '')
      return query.length === 0 ? filled : `${filled}?${query.map((pair) => pair.join('=')).join('&')}`
    })
const oddHeaders = fc.dictionary(
  fc.constantFrom(
    'Range',
    'If-Range',
    'If-None-Match',
    'Accept-Language',
    'Cookie',
    'Upload-Offset',
    'Upload-Length',
    'Upload-Metadata',
    'Upload-Defer-Length',
    'X-WOPI-Override',
    'X-WOPI-Lock',
    'X-WOPI-SuggestedTarget',
    'X-Forwarded-For',
    'Origin',
    'Authorization',
    'X-HTTP-Method-Override',
  ),
  fc.oneof(
    fc.constantFrom(
      'bytes=0-',
      'bytes=-0',
      'bytes=9-1',
      'bytes=99999999999999999999-',
      '0',
      '-1',
      '5',
      'PUT',
      'LOCK',
      'GET_LOCK',
      'name',
      'name !!',
      'name /w==',
      'null',
      'Bearer x',
      ',,,',
    ),
    fc.stringMatching(/^[!-~]{0,40}$/),
  ),
  { maxKeys: 4 },
)
const oddBody = fc.oneof(
  fc.json(),
  fc.json().map((name) => JSON.stringify({ name })),
  fc.constantFrom(
    '',
    '{',
    '{"name":null}',
    '{"name":"\\u0000"}',
    '{"name":"\\ud800"}',
    '{"name":"a.txt"}',
    '{"path":"\\u0000"}',
    '{"accessToken":"."}',
    '{"path":"../x","ttl":1e300}',
  ),
  fc.string(),
)

test('whatever is asked, nothing fails inside', async () => {
  const server = await start({ files: { 'a.txt': 'hello', 'sub/b.md': '# b' } })
  const { id } = await server.file('a.txt')
  const request = fc.record({
    method: fc.constantFrom('GET', 'GET', 'HEAD', 'POST', 'POST', 'PUT', 'PATCH', 'PATCH', 'DELETE', 'OPTIONS'),
    path: target(id),
    headers: fc
      .tuple(
        oddHeaders,
        fc.constantFrom({}, { 'Tus-Resumable': '1.0.0' }),
        fc.constantFrom('application/json', 'application/offset+octet-stream', 'text/html'),
      )
      .map(([some, tus, type]) => ({ 'X-OpenWOPI': '1', 'Content-Type': type, ...tus, ...some })),
    body: oddBody,
  })
  await fc.assert(
    fc.asyncProperty(request, async (sent) => {
      const status = await statusOf(server, sent)
      expect(status === 501 || status < 500).toBe(true)
      expect(failures(server)).toEqual([])
    }),
    { numRuns: 500 },
  )
}, 180_000)
