import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  createHost,
  type Host,
  memoryLocks,
  memoryStorage,
  memoryUploads,
  type Storage,
  type StoredFile,
  type Streams,
  type Uploads,
} from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import type { RandomAccess } from '@openwopi/protocol/transfer'
import { expect, onTestFinished, test } from 'vitest'
import { createClient, pullChunked, pushChunked, signStream } from '../src/index.ts'

const mebibyte = 1024 * 1024
const size = 256 * mebibyte
const chunk = new Uint8Array(64 * 1024).fill(7)

async function* aLot(length = size) {
  for (let left = length; left > 0; left -= chunk.byteLength) yield chunk.slice(0, left)
}

/** A host whose one file is large, and is kept nowhere. */
async function aHostOfLargeFiles() {
  const file: StoredFile = {
    ...{ id: '1', parentId: '', name: 'a.bin', size, version: 'v1', ownerId: 'o', modifiedAt: 0 },
    sequenceNumber: 1,
  }
  const received = { bytes: 0 }
  const storage: Storage = {
    ...memoryStorage(),
    find: async () => file,
    read: async (_, { start, end } = { start: 0, end: size }) => aLot(end - start),
    async write(_, content) {
      for await (const piece of content) received.bytes += piece.byteLength
      return { ...file, version: 'v2' }
    },
  }
  const can = new Set(['read', 'write'] as const)
  const access = {
    authorize: async () => ({ user: { id: 'u', name: 'u' }, can, expiresAt: Number.MAX_SAFE_INTEGER }),
    issue: async () => ({ token: 't', expiresAt: 0 }),
  }
  let host: Host
  const server = createServer((req, res) => void toNodeListener(host)(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wopi`
  const streams: Streams = { of: async () => ({ streams: [], properties: [] }), read: async () => undefined }
  const uploads: Uploads = {
    ...memoryUploads(),
    async putAside(content) {
      let size = 0
      for await (const piece of content) size += piece.byteLength
      return { size, read: (start, end) => aLot(end - start), discard: async () => {} }
    },
  }
  host = createHost({ storage, streams, uploads, coauth: true, locks: memoryLocks(), access, publicUrl: url })
  return { file: createClient({ wopiSrc: `${url}/files/1`, accessToken: 't' }), received }
}

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** How much more memory than before is held at the worst moment of `work`, in bytes. Client and host share it. */
async function growthDuring(work: (look: () => void) => Promise<void>): Promise<number> {
  const inUse = () => {
    collectGarbage()
    return process.memoryUsage().heapUsed + process.memoryUsage().external
  }
  const before = inUse()
  let most = before
  await work(() => {
    most = Math.max(most, inUse())
  })
  return most - before
}

test('a file of 256 MiB flows down without being collected', async () => {
  const { file } = await aHostOfLargeFiles()
  const growth = await growthDuring(async (look) => {
    const { content, size: announced } = await file.getFile()
    expect(announced).toBe(size)
    let received = 0
    for await (const piece of content) {
      if (received % (16 * mebibyte) < piece.byteLength) look()
      received += piece.byteLength
    }
    expect(received).toBe(size)
  })
  expect(growth).toBeLessThan(64 * mebibyte)
})

test('content that is asked for late is whole', async () => {
  const { file } = await aHostOfLargeFiles()
  const { content } = await file.getFile()
  // What is done about a response that is forgotten is done some turns after the garbage collector has seen it.
  for (let times = 0; times < 5; times++) {
    collectGarbage()
    await new Promise((resolve) => setImmediate(resolve))
  }
  let received = 0
  for await (const piece of content) received += piece.byteLength
  expect(received).toBe(size)
})

test.each([size, undefined])(
  '256 MiB flow up without being collected, with %s as announced size',
  async (announced) => {
    const { file, received } = await aHostOfLargeFiles()
    await file.lock({ lock: 'a' })
    const growth = await growthDuring(async (look) => {
      async function* watched() {
        let sent = 0
        for await (const piece of aLot()) {
          if (sent % (16 * mebibyte) < piece.byteLength) look()
          sent += piece.byteLength
          yield piece
        }
      }
      expect(await file.putFile({ lock: 'a', content: watched(), size: announced })).toMatchObject({ version: 'v2' })
    })
    expect(received.bytes).toBe(size)
    expect(growth).toBeLessThan(64 * mebibyte)
  },
)

/** A stream of 256 MiB that is looked at now and then. */
const watchedStream = (look: () => void): RandomAccess => ({
  size,
  async *read(start, end) {
    let sent = 0
    for await (const piece of aLot(end - start)) {
      if (sent % (16 * mebibyte) < piece.byteLength) look()
      sent += piece.byteLength
      yield piece
    }
  },
})

test('256 MiB come and go in chunks without being collected', async () => {
  const { file, received } = await aHostOfLargeFiles()
  await file.lock({ lock: 'a' })
  let pulled = 0
  const growth = await growthDuring(async (look) => {
    const into = {
      async write(_: number, bytes: Uint8Array) {
        if (pulled % (16 * mebibyte) < bytes.byteLength) look()
        pulled += bytes.byteLength
      },
    }
    const { sequenceNumber } = await pullChunked(file, { into })
    await pushChunked(file, { content: await signStream(watchedStream(look)), sequenceNumber, lock: 'a' })
  })
  expect([pulled, received.bytes]).toEqual([size, size])
  expect(growth).toBeLessThan(64 * mebibyte)
})
