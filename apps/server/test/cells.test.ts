import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, openCells } from '@openwopi/client'
import { describe, expect, onTestFinished, test } from 'vitest'
import * as vectors from '../../../packages/cell-storage/test/vectors.ts'
import type { AuditLog } from '../src/api.ts'
import { signIn, start, until } from './start.ts'

const greeting = 'Hello, cell storage!'
const namespace = 'http://schemas.microsoft.com/sharepoint/soap/'
const schema = '29358EC1-E813-4793-8E70-ED0344E7B73C'

const bodyOf = (subRequests: string) =>
  `<RequestVersion Version="2" MinorVersion="2" xmlns="${namespace}"/><RequestCollection CorrelationId="3d72888d-0316-4abf-9588-20986f86eb4c" xmlns="${namespace}"><Request RequestToken="1">${subRequests}</Request></RequestCollection>`
const cell = (base64: string, attributes = '') =>
  `<SubRequest Type="Cell" SubRequestToken="1"><SubRequestData BinaryDataSize="1" ${attributes}>${base64}</SubRequestData></SubRequest>`
const joining = `<SubRequest Type="Coauth" SubRequestToken="1"><SubRequestData CoauthRequestType="JoinCoauthoring" SchemaLockID="${schema}" ClientID="c1" Timeout="3600"/></SubRequest>`

interface Opened {
  readonly wopiSrc: string
  readonly accessToken: string
}

const infoOf = async ({ wopiSrc, accessToken }: Opened) =>
  (await fetch(`${wopiSrc}?access_token=${accessToken}`)).text()

async function send({ wopiSrc, accessToken }: Opened, subRequests: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${wopiSrc}?access_token=${accessToken}`, {
    method: 'POST',
    headers: { 'X-WOPI-Override': 'COBALT', ...headers },
    body: bodyOf(subRequests),
  })
  const text = await answer.text()
  return { status: answer.status, text, code: / ErrorCode="(\w+)"/.exec(text)?.[1] }
}

describe('A server with cell storage', () => {
  test('writes what is put to the folder, keeps what it was, and knows cells and locks after a restart', async () => {
    const server = await start({ files: { 'a.docx': 'as it was' }, config: { cells: true } })
    const file = await server.token({ path: 'a.docx' })
    expect(JSON.parse(await infoOf(file))).toMatchObject({ SupportsCobalt: true })
    expect((await send(file, joining)).code).toBe('Success')
    expect((await send(file, cell(vectors.putChanges, `BypassLockID="${schema}"`))).code).toBe('Success')
    expect(await readFile(join(server.folder, 'a.docx'), 'utf8')).toBe(greeting)
    const versions = await (await server.ask(`/api/files/${file.wopiSrc.split('/').at(-1)}/versions`)).json()
    expect(versions).toMatchObject({ versions: [{ size: greeting.length }, { size: 9 }] })
    const [etag] = / Etag="[^"]+"/.exec((await send(file, cell(vectors.queryChanges))).text) ?? []

    await server.stop()
    const again = await start({ on: server, config: { cells: true } })
    const later = await again.token({ path: 'a.docx' })
    expect((await send(later, cell(vectors.queryChanges))).text).toContain(etag)
    const lock = createClient(later).lock({ lock: 'A' })
    await expect(lock).rejects.toMatchObject({ code: 'LockMismatch', details: { lock: '', byOtherInterface: true } })
  })

  test('follows what others do to the file: programs on disk, people who restore, rename or delete it', async () => {
    const server = await start({ files: { 'a.docx': 'one' }, config: { cells: true } })
    const file = await server.token({ path: 'a.docx' })
    const etag = async () => / Etag="[^"]+"/.exec((await send(file, cell(vectors.queryChanges))).text)?.[0]
    const before = await etag()
    expect(await etag()).toBe(before)
    await writeFile(join(server.folder, 'a.docx'), 'another')
    await until(async () => (await etag()) !== before, 'the cells are those of the new content')
    const id = file.wopiSrc.split('/').at(-1)
    expect((await send(file, cell(vectors.putChanges))).code).toBe('Success')
    const { versions } = await (await server.ask(`/api/files/${id}/versions`)).json()
    const changed = await etag()
    expect((await server.change('POST', `/api/files/${id}/versions/${versions[1].version}/restore`)).status).toBe(200)
    const restored = await etag()
    expect(restored).not.toBe(changed)
    await server.change('PATCH', `/api/files/${id}`, { name: 'b.docx' })
    expect(await etag()).toBe(restored)
    await server.change('DELETE', `/api/files/${id}`)
    expect((await send(file, cell(vectors.queryChanges))).status).toBe(404)
  })

  test('has cells of sixty megabytes, and takes a few letters of them back', async () => {
    const content = Buffer.alloc(60_000_000, 'All work and no play. ')
    const server = await start({ files: { 'long.txt': content }, config: { cells: true } })
    const opened = await openCells(createClient(await server.token({ path: 'long.txt' }))).open()
    if (opened.is === 'refused') throw new Error(JSON.stringify(opened))
    const changed = Buffer.from(opened.document.content)
    expect(changed.equals(content)).toBe(true)
    changed.write('some', 30_000_000)
    expect(await opened.document.put(changed)).toMatchObject({ is: 'done' })
    expect((await readFile(join(server.folder, 'long.txt'))).equals(changed)).toBe(true)
  })

  test('writes down who has saved and made files, and not who has only asked', async () => {
    const users = { anna: 'pass-word-of-anna' }
    const server = await start({ users, files: { 'a.docx': '' }, config: { cells: true } })
    const Cookie = await signIn(server, 'anna', users.anna)
    const file = await server.token({ path: 'a.docx', user: 'anna' })
    await send(file, cell(vectors.queryChanges))
    await send(file, cell(vectors.putChanges))
    await send(file, cell(vectors.putChanges), { 'X-WOPI-RelativeTarget': 'b.docx' })
    expect(await readFile(join(server.folder, 'b.docx'), 'utf8')).toBe(greeting)
    const log: AuditLog = await (await server.ask('/api/audit', { headers: { Cookie } })).json()
    expect(log.entries.map(({ what, to }) => [what, to?.name]).reverse()).toEqual([
      ['signed in', undefined],
      ['saved', undefined],
      ['created', 'b.docx'],
    ])
  })

  test('keeps cells in the database that the files are in, for all of its servers', async () => {
    const shared = await mkdtemp(join(tmpdir(), 'openwopi-cells-'))
    onTestFinished(() => rm(shared, { recursive: true, force: true }))
    const config = { cells: true, database: `sqlite:${join(shared, 'files.db')}`, blobs: join(shared, 'blobs') }
    const [one, other] = [await start({ config }), await start({ config })]
    await one.change('POST', '/api/folders/root/files', { name: 'a.txt' })
    const file = await one.token({ path: 'a.txt' })
    expect((await send(file, cell(vectors.putChanges))).code).toBe('Success')
    expect((await send(file, joining)).code).toBe('Success')
    const there = await other.token({ path: 'a.txt' })
    const [etag] = / Etag="[^"]+"/.exec((await send(file, cell(vectors.queryChanges))).text) ?? []
    expect((await send(there, cell(vectors.queryChanges))).text).toContain(etag)
    expect((await send(there, cell(vectors.putChanges))).code).toBe('FileAlreadyLockedOnServer')
    const lock = createClient(there).lock({ lock: 'A' })
    await expect(lock).rejects.toMatchObject({ code: 'LockMismatch', details: { byOtherInterface: true } })
  })
})

test('A server without cell storage answers 501 to it, and says of a file what it says with it but for SupportsCobalt', async () => {
  const server = await start({ files: { 'a.docx': 'one' }, config: { cells: true } })
  const withCells = await infoOf(await server.token({ path: 'a.docx' }))
  await server.stop()
  const plain = await start({ on: server })
  const file = await plain.token({ path: 'a.docx' })
  const without = await infoOf(file)
  const same = (text: string) => text.replace(/(127\.0\.0\.1|localhost)(:|%3A)\d+/g, 'HOST').replace(/\?[^"]*"/g, '"')
  expect(same(without)).toBe(same(withCells.replace('"SupportsCobalt":true,', '')))
  expect(without).not.toContain('obalt')
  expect((await send(file, cell(vectors.queryChanges))).status).toBe(501)
})
