import assert from 'node:assert/strict'
import { memoryUploads, type StoredFile } from '../../src/index.ts'
import type { On } from './index.ts'
import {
  type Bytes,
  chunkFrame,
  chunksIn,
  coauthLock,
  framed,
  messageFrame,
  openTogether,
  putChunked,
  putStreams,
  sendTransfer,
  signed,
  zipOf,
} from './transfer.ts'
import { bytesOf, type World } from './world.ts'

const minutes = 60_000

async function begin(world: World, file: StoredFile, token?: string): Promise<string> {
  const answer = await sendTransfer(world, file, { override: 'CREATE_UPLOAD_SESSION', ...(token && { token }) })
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('Content-Type') ?? '', /^application\/json/)
  const body = (await answer.json()) as { UploadSessionToken: string }
  assert.deepEqual(Object.keys(body), ['UploadSessionToken'])
  return body.UploadSessionToken
}

interface Update {
  readonly session: string
  readonly offset: number
  readonly bytes: Bytes
  readonly length?: number
  readonly token?: string
}

const update = (world: World, file: StoredFile, { session, offset, bytes, length = bytes.length, token }: Update) =>
  sendTransfer(world, file, {
    override: 'UPDATE_UPLOAD_SESSION',
    headers: {
      'X-WOPI-UploadSessionToken': session,
      'X-WOPI-ContentRangeOffset': String(offset),
      'X-WOPI-ContentRangeLength': String(length),
    },
    body: bytes,
    ...(token !== undefined && { token }),
  })

const chunksOnly = (...texts: string[]) => framed(...texts.map((text) => chunkFrame(bytesOf(text))))

export function uploadSessionsSuite(on: On): void {
  const together = (name: string, run: (world: World) => Promise<void>) => on(name, run, { coauth: true })

  together('a save arrives in slices and is committed', async (world) => {
    const file = await openTogether(world, 'a.pptx', 'one')
    const zip = zipOf({ a: 'first', b: 'second' })
    const stream = await framed(...(await chunksIn(zip)).map((chunk) => chunkFrame(chunk)))
    const session = await begin(world, file)
    for (let offset = 0; offset < stream.length; offset += 7) {
      const bytes = stream.slice(offset, offset + 7)
      const answer = await update(world, file, { session, offset, bytes })
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('X-WOPI-UploadSessionCurrentOffset'), String(offset + bytes.length))
    }
    const put = { coauth: 'A', session, signatures: [await signed('MainContent', zip)] }
    assert.equal((await putChunked(world, file, put)).status, 200)
    assert.equal(await world.textOf(file), Buffer.from(zip).toString())
    const again = await putChunked(world, file, put)
    assert.equal(again.status, 410)
    assert.ok(again.headers.get('X-WOPI-FailureReason'))
  })

  together('a commit takes chunks of the session, of its own, and of the file', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const session = await begin(world, file)
    await update(world, file, { session, offset: 0, bytes: await chunksOnly('not needed', 'two', 'two') })
    const parts = await Promise.all(['one', 'two', 'three'].map((part) => signed('MainContent', bytesOf(part))))
    const signature = { ...parts[0], ChunkSignatures: parts.flatMap(({ ChunkSignatures }) => ChunkSignatures) }
    const chunks = [bytesOf('three')]
    assert.equal((await putChunked(world, file, { coauth: 'A', session, signatures: [signature], chunks })).status, 200)
    assert.equal(await world.textOf(file), 'onetwothree')
  })

  together('a session outlives a commit that is refused, and may be added to', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const session = await begin(world, file)
    const bytes = await chunksOnly('two')
    await update(world, file, { session, offset: 0, bytes })
    const signatures = [await signed('MainContent', bytesOf('two')), await signed('Other', bytesOf('three'))]
    const commit = (put: object) => putChunked(world, file, { coauth: 'A', session, signatures, ...put })
    assert.equal((await commit({ sequence: 0 })).status, 412)
    assert.equal((await commit({ coauth: 'B' })).status, 409)
    assert.equal((await commit({})).status, 400)
    await update(world, file, { session, offset: bytes.length, bytes: await chunksOnly('three') })
    assert.equal((await commit({})).status, 200)
  })

  together('a session that has not all of a chunk, or something else than chunks, is not committed', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const signatures = [await signed('MainContent', bytesOf('two'))]
    const whole = await chunksOnly('two')
    const wrong = whole.slice()
    wrong[whole.length - 1] = 0
    for (const bytes of [whole.slice(0, -1), wrong, await framed(messageFrame({})), await framed({ type: 'end' })]) {
      const session = await begin(world, file)
      await update(world, file, { session, offset: 0, bytes })
      assert.equal((await putChunked(world, file, { coauth: 'A', session, signatures })).status, 400)
    }
    assert.equal(await world.textOf(file), 'one')
  })

  together('bytes that are not the next ones, or not as many as announced, are 400 and not kept', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const session = await begin(world, file)
    const bytes = bytesOf('0123456789') as Bytes
    assert.equal((await update(world, file, { session, offset: 1, bytes })).status, 400)
    assert.equal((await update(world, file, { session, offset: 0, bytes, length: 9 })).status, 400)
    assert.equal((await update(world, file, { session, offset: 0, bytes, length: 11 })).status, 400)
    assert.equal((await update(world, file, { session, offset: 0, bytes })).status, 200)
    const again = await update(world, file, { session, offset: 0, bytes })
    assert.equal(again.status, 400)
    assert.ok(again.headers.get('X-WOPI-FailureReason'))
    for (const [name, value] of [
      ['X-WOPI-ContentRangeOffset', ''],
      ['X-WOPI-ContentRangeLength', 'x'],
      ['X-WOPI-ContentRangeOffset', '9223372036854775808'],
      ['X-WOPI-UploadSessionToken', ''],
    ] as const) {
      const headers = {
        'X-WOPI-UploadSessionToken': session,
        'X-WOPI-ContentRangeOffset': '10',
        'X-WOPI-ContentRangeLength': '10',
        [name]: value,
      }
      assert.equal(
        (await sendTransfer(world, file, { override: 'UPDATE_UPLOAD_SESSION', headers, body: bytes })).status,
        400,
      )
    }
  })

  together('of slices that come at once each is taken once', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const session = await begin(world, file)
    const bytes = bytesOf('0123456789') as Bytes
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => update(world, file, { session, offset: 0, bytes })),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array.from({ length: 7 }, () => 400)])
  })

  together('a session lives for 30 minutes after its last slice', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const session = await begin(world, file)
    const bytes = bytesOf('x') as Bytes
    world.clock.now += 29 * minutes
    assert.equal((await update(world, file, { session, offset: 0, bytes })).status, 200)
    world.clock.now += 29 * minutes
    assert.equal((await update(world, file, { session, offset: 1, bytes })).status, 200)
    world.clock.now += 30 * minutes
    assert.equal((await update(world, file, { session, offset: 2, bytes })).status, 410)
    await coauthLock(world, file, 'A')
    assert.equal((await putStreams(world, file, { MainContent: 'two' }, { coauth: 'A', session })).status, 410)
  })

  together('a user has several sessions, and nobody has those of others or of other files', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const other = await openTogether(world, 'b.docx', 'one')
    const [session, second] = [await begin(world, file), await begin(world, file)]
    assert.notEqual(session, second)
    const bytes = await chunksOnly('two')
    const bob = world.token(file, { user: 'Bob' })
    assert.equal((await update(world, file, { session, offset: 0, bytes, token: bob })).status, 410)
    assert.equal((await update(world, other, { session, offset: 0, bytes })).status, 410)
    assert.equal((await update(world, file, { session: 'guessed', offset: 0, bytes })).status, 410)
    assert.equal((await update(world, file, { session, offset: 0, bytes })).status, 200)
    const put = { coauth: 'A', session, signatures: [await signed('MainContent', bytesOf('two'))] }
    assert.equal((await putChunked(world, file, { ...put, token: bob })).status, 410)
    assert.equal((await putChunked(world, other, put)).status, 410)
    assert.equal((await putChunked(world, file, put)).status, 200)
    assert.equal((await update(world, file, { session: second, offset: 0, bytes })).status, 200)
  })

  on(
    'an upload may be as long as a file and the headers of its chunks, and no longer',
    async (world) => {
      const file = await openTogether(world, 'a.docx', 'one')
      const session = await begin(world, file)
      const bytes = new Uint8Array(90_000)
      const longest = async (offset: number) => (await update(world, file, { session, offset, bytes })).status
      assert.deepEqual([await longest(0), await longest(90_000)], [200, 413])
      assert.equal((await update(world, file, { session, offset: 90_000, bytes: new Uint8Array(10_000) })).status, 200)
    },
    { coauth: true, maxFileSize: 100_000 },
  )

  on(
    'a slice for which there is no room is 413, and the session goes on where it was',
    async (world) => {
      const file = await openTogether(world, 'a.docx', '')
      const session = await begin(world, file)
      const bytes = new Uint8Array(20)
      assert.equal((await update(world, file, { session, offset: 0, bytes })).status, 413)
      assert.equal((await update(world, file, { session, offset: 0, bytes: bytes.slice(10) })).status, 200)
    },
    { coauth: true, uploads: memoryUploads({ mostBytes: 10 }) },
  )

  together('whoever may only read begins no session', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const token = world.token(file, { can: ['read'] })
    assert.equal((await sendTransfer(world, file, { override: 'CREATE_UPLOAD_SESSION', token })).status, 404)
  })

  together('a user who begins sessions without end is told to wait', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    for (let count = 0; count < 100; count++) await begin(world, file)
    const refused = await sendTransfer(world, file, { override: 'CREATE_UPLOAD_SESSION' })
    assert.equal(refused.status, 503)
    assert.ok(refused.headers.get('Retry-After'))
    await begin(world, file, world.token(file, { user: 'Bob' }))
    world.clock.now += 30 * minutes
    await begin(world, file)
  })
}
