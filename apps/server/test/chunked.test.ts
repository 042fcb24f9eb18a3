import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient, type FileClient, pullChunked, pushChunked, signStream, uploadChunks } from '@openwopi/client'
import { inMemory } from '@openwopi/protocol/transfer'
import { expect, test } from 'vitest'
import { fakeClient, xml } from './fake-client.ts'
import { type Server, start, until } from './start.ts'

const minute = 60

interface Opened {
  readonly file: FileClient
  /** The file as the client pulls it, put together. */
  pull(streamId?: string): Promise<{ readonly text: string; readonly sequenceNumber: number }>
}

async function open(server: Server, path = 'a.txt'): Promise<Opened> {
  const { wopiSrc, accessToken } = await server.token({ path })
  const file = createClient({ wopiSrc, accessToken })
  return {
    file,
    async pull(streamId) {
      const bytes = Buffer.alloc(100_000)
      const into = { write: async (at: number, piece: Uint8Array) => void bytes.set(piece, at) }
      const { size, sequenceNumber } = await pullChunked(file, { into, ...(streamId && { streamId }) })
      return { text: bytes.subarray(0, size).toString(), sequenceNumber }
    },
  }
}

const signed = (text: string) => signStream(inMemory(new TextEncoder().encode(text)))
const lock = (file: FileClient, id = 'A') => file.getCoauthLock({ id, type: 'Coauth', expiresIn: 10 * minute })

test('a file crosses in chunks, both ways, and lies in the folder as any other', async () => {
  const server = await start({ files: { 'a.txt': 'one' } })
  const { file, pull } = await open(server)
  const { text, sequenceNumber } = await pull()
  expect(text).toBe('one')
  await lock(file)
  const saved = await pushChunked(file, { content: await signed('two'), sequenceNumber, coauthLockId: 'A' })
  expect(saved.sequenceNumber).toBeGreaterThan(sequenceNumber)
  expect(readFileSync(join(server.folder, 'a.txt'), 'utf8')).toBe('two')
  expect((await file.checkFileInfo()).info).toMatchObject({ Version: saved.version, Size: 3 })
  await expect(
    pushChunked(file, { content: await signed('three'), sequenceNumber, coauthLockId: 'A' }),
  ).rejects.toMatchObject({ code: 'SequenceMismatch', details: { sequenceNumber: saved.sequenceNumber } })
})

test('what a file carries, and an upload that is not committed, outlive a restart', async () => {
  const first = await start({ files: { 'a.txt': 'one' } })
  const { file, pull } = await open(first)
  const { sequenceNumber } = await pull()
  await lock(file)
  const carried = await pushChunked(file, {
    content: await signed('beside'),
    streamId: 'Alternate',
    sequenceNumber,
    coauthLockId: 'A',
  })
  const content = await signed('uploaded in advance')
  const upload = await uploadChunks(file, { content })
  await first.stop()

  const again = await open(await start({ on: first }))
  expect((await again.pull('Alternate')).text).toBe('beside')
  await pushChunked(again.file, {
    content,
    upload,
    sequenceNumber: carried.sequenceNumber,
    coauthLockId: 'A',
  })
  expect((await again.pull()).text).toBe('uploaded in advance')
  expect(readdirSync(join(first.dataFolder, 'sessions'))).toEqual([])
  expect(readdirSync(join(first.dataFolder, 'incoming'))).toEqual([])
})

test('what another program writes is a state of its own, over which no chunked save goes', async () => {
  const server = await start({ files: { 'a.txt': 'one' } })
  const { file, pull } = await open(server)
  const { sequenceNumber } = await pull()
  await lock(file)
  writeFileSync(join(server.folder, 'a.txt'), 'from outside')
  await expect(
    pushChunked(file, { content: await signed('two'), sequenceNumber, coauthLockId: 'A' }),
  ).rejects.toMatchObject({ code: 'SequenceMismatch' })
  expect((await pull()).text).toBe('from outside')
})

test('the pages hear of clients that have a file open together, and of what they save', async () => {
  const server = await start({ files: { 'a.txt': 'one' } })
  const { file, pull } = await open(server)
  const heard: string[] = []
  const stream = await server.ask('/api/events')
  const reading = (async () => {
    for await (const piece of stream.body ?? []) heard.push(new TextDecoder().decode(piece))
  })().catch(() => undefined)
  const { sequenceNumber } = await pull()
  await lock(file)
  expect((await server.file('a.txt')).openBy).toBeDefined()
  await pushChunked(file, { content: await signed('two'), sequenceNumber, coauthLockId: 'A' })
  await file.unlockCoauthLock({ id: 'A' })
  await until(() => /"locked"[\s\S]*"changed"[\s\S]*"unlocked"/.test(heard.join('')), 'all three are heard of')
  await server.stop()
  await reading
})

test('a client that names its services for editing together is promised all that takes, and others nothing of it', async () => {
  const client = await fakeClient()
  const service = (name: string) => `<action name="${name}" ext="txt" urlsrc="${client.origin}/${name}/"/>`
  const actions = `<app name="Text"><action name="edit" ext="txt" urlsrc="${client.origin}/edit?"/>${service('collab')}${service('rtc')}</app>`
  client.answerWith(xml(`<wopi-discovery><net-zone name="external-http">${actions}</net-zone></wopi-discovery>`))
  const files = { 'a.txt': 'one', 'b.md': 'two' }
  const server = await start({ files, config: { clients: [client.config], geoLocation: 'EUR' } })
  const { file } = await open(server)
  const before = Date.now()
  const { info } = await file.checkFileInfo()
  expect(info).toMatchObject({
    SupportsCoauth: true,
    SupportsChunkedFileTransfer: true,
    SupportsResumableFileTransfer: true,
    OfficeCollaborationServiceEndpointUrl: `${client.origin}/collab/`,
    RealTimeChannelEndpointUrl: `${client.origin}/rtc/`,
    SharingStatus: 'Private',
    FileGeoLocationCode: 'EUR',
    SequenceNumber: (await file.getSequenceNumber()).sequenceNumber,
  })
  expect(info.ServerTime).toBeGreaterThanOrEqual(before)
  expect(info.AccessTokenExpiry).toBeGreaterThan(before)

  const told = Object.keys(info).filter((name) =>
    /Coauth|Collab|RealTime|Geo|Sequence|Transfer|ServerTime|Expiry|SharingStatus/.test(name),
  )
  expect(told).toHaveLength(10)
  const silent = async (which: Server, path: string) => {
    const other = (await (await open(which, path)).file.checkFileInfo()).info
    expect(told.filter((name) => other[name as keyof typeof other] !== undefined)).toEqual([])
  }
  await silent(server, 'b.md')
  await server.stop()
  await silent(await start({ on: server, config: { clients: [client.config], without: ['coauth'] } }), 'a.txt')
})
