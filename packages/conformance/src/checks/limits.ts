import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat } from '../findings.ts'
import { connected, headOf, settled, statusIn } from '../raw-request.ts'
import type { Target } from '../target.ts'
import { docs } from '../words.ts'
import { contentOf, isSame, locked, says, textIn, type World } from '../world.ts'

const writes = {
  group: 'limits',
  covers: ['putFile', 'getFile'],
  promised: ['SupportsUpdate'],
  needs: ['scratch'],
  spec: `${docs.rest}/files/putfile`,
} as const
const raw = { ...writes, needs: ['scratch', 'connection'] } as const

const mebi = 1024 * 1024
function large(size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  for (let at = 0; at < size; at++) bytes[at] = (at * 31 + (at >> 8)) % 256
  return bytes
}

async function lockIfAny(world: World, target: Target): Promise<string | undefined> {
  if (!says(world.info, 'SupportsLocks')) return undefined
  const lock = world.newLock()
  await locked(target, lock)
  return lock
}

const putLines = (lock: string | undefined, ...lines: string[]) => [
  'X-WOPI-Override: PUT',
  ...(lock === undefined ? [] : [`X-WOPI-Lock: ${lock}`]),
  ...lines,
]

const expectBefore = async (target: Target) => {
  const found = await textIn(target)
  expectThat(found === 'before', 'the content "before"', `${found.length} characters, "${found.slice(0, 20)}"`)
}

interface BrokenBody {
  readonly what: string
  readonly lines: readonly string[]
  readonly body: string
}

const brokenBodies: readonly BrokenBody[] = [
  { what: 'is shorter than its Content-Length', lines: ['Content-Length: 1000'], body: 'too short' },
  { what: 'breaks off within a chunk', lines: ['Transfer-Encoding: chunked'], body: '400\r\ntoo short' },
  { what: 'breaks off between two chunks', lines: ['Transfer-Encoding: chunked'], body: '9\r\ntoo short\r\n' },
  {
    what: 'has a chunk whose length is no number',
    lines: ['Transfer-Encoding: chunked'],
    body: '9\r\ntoo short\r\nzz\r\n',
  },
]

const broken = brokenBodies.map(
  ({ what, lines, body }): Check => ({
    ...raw,
    says: `A body that ${what} is not taken for content.`,
    async run(world) {
      const target = await world.scratch('before')
      const connection = await connected(world)
      await connection.send(
        headOf(target, { path: '/contents', lines: putLines(await lockIfAny(world, target), ...lines) }) + body,
      )
      await connection.some(200)
      connection.reset()
      await settled(world)
      await expectBefore(target)
    },
  }),
)

const spellings: readonly (readonly [what: string, spell: (line: string) => string])[] = [
  ['in lower case', (line) => line.replace(/^[^:]+/, (name) => name.toLowerCase())],
  ['in upper case', (line) => line.replace(/^[^:]+/, (name) => name.toUpperCase())],
]

const spelled = spellings.map(
  ([what, spell]): Check => ({
    ...raw,
    says: `Headers whose names are ${what} are understood.`,
    covers: ['putFile'],
    spec: `${docs.rest}/common-headers`,
    async run(world) {
      const target = await world.scratch('before')
      const lines = putLines(await lockIfAny(world, target), 'Content-Length: 5').map(spell)
      const connection = await connected(world)
      await connection.send(`${headOf(target, { path: '/contents', lines })}after`)
      const status = statusIn(await connection.rest())
      expectThat(status === 200, 'status 200', `status ${status ?? 'none'}`)
    },
  }),
)

const paths = ['..%2F..%2F..%2Fetc%2Fpasswd', '%2e%2e%2f%2e%2e%2fetc%2fpasswd', '..', 'a%00b', '%', '%zz'].map(
  (id): Check => ({
    ...raw,
    says: `A file id that is ${id} is no way to another file.`,
    covers: ['getFile'],
    promised: [],
    needs: ['connection'],
    spec: `${docs.rest}/concepts#file-id`,
    async run(world) {
      const { pathname } = new URL(world.file.wopiSrc)
      const path = pathname.replace(/[^/]+$/, id)
      const connection = await connected(world)
      await connection.send(headOf(world.file, { method: 'GET', path: '/contents' }).replace(pathname, path))
      const status = statusIn(await connection.rest())
      const isRefused = status !== undefined && status >= 400 && status < 500
      expectThat(isRefused, `a refusal such as 404 for ${path}`, `status ${status ?? 'none'}`)
    },
  }),
)

/** Much, little, and what is not whole. */
export const limits: readonly Check[] = [
  {
    ...writes,
    says: 'Content of 12 MiB comes back byte for byte, or is refused with 413 and leaves the old content.',
    async run(world) {
      const target = await world.scratch('before')
      const [lock, content] = [await lockIfAny(world, target), large(12 * mebi)]
      const answer = await target.ask('putFile', { ...(lock !== undefined && { lock }), content })
      expectStatus(answer, [200, 413])
      if (answer.status === 413) return expectBefore(target)
      const found = await contentOf(target)
      expectThat(
        isSame(found, content),
        `the ${content.byteLength} bytes sent`,
        `${found.byteLength} bytes, not the same`,
      )
    },
  },
  {
    ...writes,
    says: 'GetFile minds an X-WOPI-MaxExpectedSize of more than 2 GiB no more than none.',
    covers: ['getFile'],
    promised: [],
    needs: [],
    spec: `${docs.rest}/files/getfile`,
    async run({ file }) {
      expectStatus(await file.ask('getFile', { maxExpectedSize: 2 ** 32 }), [200])
    },
  },
  {
    ...writes,
    says: 'Headers that a host does not know change nothing.',
    covers: ['checkFileInfo'],
    promised: [],
    needs: [],
    spec: `${docs.rest}/common-headers`,
    async run({ file }) {
      const headers = {
        'X-WOPI-CorrelationId': 'c'.repeat(200),
        'X-WOPI-SessionId': 'openwopi check',
        'X-WOPI-DeviceId': 'openwopi check',
        'X-WOPI-MachineName': 'openwopi check',
        'X-WOPI-PerfTraceRequested': 'true',
        'X-WOPI-OpenwopiCheck': 'openwopi check',
      }
      expectStatus(await file.ask('checkFileInfo', {}, { headers }), [200])
    },
  },
  ...broken,
  ...spelled,
  {
    ...raw,
    says: 'A PutFile that expects 100 Continue is answered, and stored once its body has come.',
    client: 'Microsoft 365',
    async run(world) {
      const target = await world.scratch('before')
      const lines = putLines(await lockIfAny(world, target), 'Content-Length: 5', 'Expect: 100-continue')
      const connection = await connected(world)
      await connection.send(headOf(target, { path: '/contents', lines }))
      await connection.some(1000)
      await connection.send('after')
      const status = statusIn(await connection.rest())
      expectThat(status === 200, 'status 200', `status ${status ?? 'none'}`)
      const found = await textIn(target)
      expectThat(found === 'after', 'the content "after"', `"${found.slice(0, 40)}"`)
    },
  },
  ...paths,
  {
    ...raw,
    says: 'A host that has refused one request on a connection answers the next one.',
    covers: ['checkFileInfo'],
    promised: [],
    needs: [],
    async run({ file }) {
      const refused = await file.ask('checkFileInfo', {}, { token: 'openwopi-check-made-up' })
      if (refused.status === 200) throw new CannotRun('A made-up token is not refused.')
      expectStatus(await file.ask('checkFileInfo'), [200])
    },
  },
]
