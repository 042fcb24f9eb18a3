import { deflateSync, gzipSync } from 'node:zlib'
import { memoryFolders, type Storage, type Versions } from '@openwopi/host'
import { describe, expect, test } from 'vitest'
import { bare, collection, mtom, mtomType, soap, version } from '../envelope/bodies.ts'
import * as vectors from '../vectors.ts'
import { cell, coauth, codesIn, objectsIn, openWorld, sub } from './world.ts'

const greeting = 'Hello, cell storage!'
const put = cell(1, vectors.putChanges)
const query = cell(1, vectors.queryChanges)
const clock = sub('ServerTime', 1)

describe('A host with cell storage', () => {
  test('promises it, and answers each form of a body in the form received', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    const info = await (await world.send(file, { method: 'GET' })).json()
    expect(info).toMatchObject({ SupportsCobalt: true })
    const answered = await world.ask(file, clock)
    expect(answered).toMatchObject({ status: 200, codes: ['Success'] })
    expect(answered.headers.get('Content-Type')).toBe('text/xml; charset=utf-8')
    expect(answered.text).toMatch(/^<ResponseVersion /)
    const enveloped = await world.send(file, { override: 'COBALT', body: soap(bare(clock)) })
    expect(await enveloped.text()).toMatch(/^<s:Envelope /)
    const included = '<i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:cells"/>'
    const inParts = await world.send(file, {
      override: 'COBALT',
      headers: { 'Content-Type': mtomType },
      body: new Uint8Array(mtom(bare(cell(1, included)), { cells: Buffer.from(vectors.queryChanges, 'base64') })),
    })
    expect(codesIn(await inParts.text())).toEqual(['Success'])
  })

  test('takes bodies that are compressed, and compresses long answers for who takes them so', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x'.repeat(5000))
    for (const [coding, body] of [
      ['gzip', gzipSync(bare(query))],
      ['deflate', deflateSync(bare(query))],
      ['GZIP', gzipSync(bare(query))],
      ['identity', Buffer.from(bare(query))],
    ] as const) {
      const headers = { 'Content-Encoding': coding, 'Accept-Encoding': 'identity' }
      const { codes, headers: answered } = await world.ask(file, '', { headers, body })
      expect(codes).toEqual(['Success'])
      expect(answered.get('Content-Encoding')).toBeNull()
    }
    const codingFor = async (accepts: string, body = query) =>
      (await world.ask(file, body, { headers: { 'Accept-Encoding': accepts } })).headers.get('Content-Encoding')
    expect(await codingFor('deflate, gzip;q=0.5')).toBe('gzip')
    expect(await codingFor('gzip;q=0')).toBeNull()
    expect(await codingFor('br')).toBeNull()
    expect(await codingFor('gzip', clock)).toBeNull()
    expect((await world.ask(file, query, { headers: { 'Accept-Encoding': 'gzip' } })).codes).toEqual(['Success'])
  })

  test('refuses what is no body of cell storage with 500 and a SOAP fault, and a coding that is none with 500', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    for (const body of ['', 'x', '<html/>', '<!DOCTYPE x [<!ENTITY y "z">]><x/>', bare(clock).slice(0, 150)]) {
      const { status, text, headers } = await world.ask(file, '', { body })
      expect(status).toBe(500)
      expect(text).toContain(
        '<ErrorCode xmlns="http://schemas.microsoft.com/sharepoint/soap/">InvalidArgument</ErrorCode>',
      )
      expect(headers.get('Content-Type')).toBe('text/xml; charset=utf-8')
    }
    for (const [coding, body] of [
      ['gzip', 'not compressed'],
      ['gzip', gzipSync(bare(clock)).subarray(0, 60)],
      ['br', 'x'],
    ] as const) {
      const { status, headers } = await world.ask(file, '', { headers: { 'Content-Encoding': coding }, body })
      expect(status).toBe(500)
      expect(headers.get('X-WOPI-ServerError')).toMatch(/coded|Content-Encoding/)
    }
    expect(await world.textOf(file)).toBe('x')
  })

  test('refuses a body that is too long, also one that only grows long when it is decompressed', async () => {
    const world = await openWorld({ limits: { maxBytes: 100_000, maxElements: 1000 } })
    const file = await world.make('a.docx', 'x')
    const long = `${bare(clock)}${' '.repeat(200_000)}`
    expect((await world.ask(file, '', { body: long })).status).toBe(413)
    const headers = { 'Content-Encoding': 'gzip' }
    expect((await world.ask(file, '', { headers, body: gzipSync(long) })).status).toBe(413)
    expect((await world.ask(file, clock)).status).toBe(200)
  })

  test('shows at once by GetFile what was put, as a new version by the user', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx')
    expect((await world.ask(file, put, { user: 'Bob' })).codes).toEqual(['Success'])
    expect(await world.textOf(file)).toBe(greeting)
    const present = await world.storage.find(file.id)
    expect(present?.version).not.toBe(file.version)
    expect(world.events[0]).toMatchObject({
      operation: 'executeCellStorageRequest',
      status: 200,
      user: { name: 'Bob' },
      save: { version: present?.version },
    })
    const info = await (await world.send(file, { method: 'GET' })).json()
    expect(info).toMatchObject({ Version: present?.version, Size: greeting.length })
  })

  test('shows in the cells at once what PutFile has saved, and keeps out who goes by the cells before', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx')
    const { text: before } = await world.ask(file, put)
    const headers = { 'X-WOPI-Lock': 'A' }
    await world.send(file, { override: 'LOCK', headers })
    expect((await world.send(file, { override: 'PUT', path: '/contents', headers, body: 'by PutFile' })).status).toBe(
      200,
    )
    await world.send(file, { override: 'UNLOCK', headers })
    const { text } = await world.ask(file, query)
    expect(objectsIn(text)).toContain('by PutFile')
    const [, etag] = / Etag="([^"]+)"/.exec(before) ?? []
    expect((await world.ask(file, cell(1, vectors.putChanges, `Etag="${etag}"`))).codes).toEqual(['CellRequestFail'])
    expect(await world.textOf(file)).toBe('by PutFile')
  })

  test('lets who may only read ask, and change nothing', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'as it is')
    const asked = query + put.replace('Token="1"', 'Token="2"') + coauth(3, 'JoinCoauthoring')
    const { status, codes } = await world.ask(file, asked, { can: ['read'] })
    expect(status).toBe(200)
    expect(codes).toEqual(['Success', 'CellRequestFail', 'FileUnauthorizedAccess'])
    expect(await world.textOf(file)).toBe('as it is')
  })

  test('answers 404 about a file that is gone, and 501 where it is not offered', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    await world.storage.remove(file, { by: { id: 'x', name: 'X' } })
    expect((await world.ask(file, clock)).status).toBe(404)
    for (const without of ['cells', 'locks'] as const) {
      const plain = await openWorld({ without: new Set([without]) })
      const other = await plain.make('a.docx', 'x')
      expect((await plain.ask(other, clock)).status).toBe(501)
      const headers = { 'X-WOPI-RelativeTarget': 'b.docx' }
      expect((await plain.ask(other, clock, { headers })).status).toBe(501)
      expect(await (await plain.send(other, { method: 'GET' })).json()).not.toHaveProperty('SupportsCobalt')
    }
  })

  test('reads a file once for clients that ask for it one after the other', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x'.repeat(1000))
    const { read } = world.storage
    let reads = 0
    world.storage.read = async (...asked) => {
      reads++
      return read(...asked)
    }
    for (const user of ['Ann', 'Bob', 'Cem'])
      expect((await world.ask(file, query, { user })).codes).toEqual(['Success'])
    expect(reads).toBe(1)
  })

  test('tells observers when a client comes to hold a file, and when it holds it no more', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    for (const asked of ['JoinCoauthoring', 'RefreshCoauthoring', 'ExitCoauthoring'])
      await world.ask(file, coauth(1, asked))
    expect(world.events.map(({ lock }) => lock)).toEqual(['taken', undefined, 'released'])
  })
})

describe('What a client says with a put', () => {
  test('is told again by a host that knows nothing but what is stored', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    const said = 'LastModifiedTime="132275808001234567" ContentChangeUnit="u1" ClientFileID="c1"'
    expect((await world.ask(file, cell(1, vectors.putChanges, said))).codes).toEqual(['Success'])
    world.restart()
    const asked = cell(1, vectors.queryChanges, 'GetFileProps="true"') + sub('GetDocMetaInfo', 2)
    const { text } = await world.ask(file, asked)
    for (const each of [
      'LastModifiedTime="132275808001234567"',
      '"SR|u1"',
      '"SR|c1"',
      '"TR|02 Mar 2020 00:00:00 -0000"',
    ])
      expect(text).toContain(each)
    // States of a file are told apart by their times in WOPI, so there it is the time of the save.
    const info = await (await world.send(file, { method: 'GET' })).json()
    expect(info).toMatchObject({ LastModifiedTime: '2026-01-01T00:00:00.0010000Z' })
  })

  test('stays with a file that comes to be by it', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    const headers = { 'X-WOPI-RelativeTarget': 'b.docx' }
    await world.ask(file, cell(1, vectors.putChanges, 'ClientFileID="c1"'), { headers })
    const made = await world.storage.child('root', 'b.docx')
    expect(made && (await world.ask(made, sub('GetDocMetaInfo', 1))).text).toContain('Key="vti_clientid" Value="SR|c1"')
  })

  test('lets versions of those who work together be thinned out', async () => {
    const folders = memoryFolders({ ownerId: 'owner' })
    const autosaves: unknown[] = []
    const storage: Storage = {
      ...folders.storage,
      write: (file, content, change) => {
        autosaves.push(change.isAutosave)
        return folders.storage.write(file, content, change)
      },
    }
    const world = await openWorld({ storage })
    const file = await world.make('a.docx', 'x')
    for (const attributes of ['CoauthVersioning="true"', 'CoauthVersioning="false"', ''])
      await world.ask(file, cell(1, vectors.putChanges, attributes))
    expect(autosaves).toEqual([true, undefined, undefined])
  })

  test('gets it another name, one that is free, where it comes too late and asks for that', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    await world.make('a (2).docx', 'y')
    const late = cell(1, vectors.putChanges, 'Etag="" ExpectNoFileExists="true"')
    const asking = (name?: string) => ({
      body: version + collection(late, 'RequestToken="1" ShouldReturnDisambiguatedFileName="true"'),
      ...(name !== undefined && { headers: { 'X-WOPI-RelativeTarget': name } }),
    })
    const beside = await world.ask(file, '', asking())
    expect(beside.codes).toEqual(['CellRequestFail'])
    expect(beside.text).toContain('SuggestedFileName="a (3).docx"')
    expect((await world.ask(file, '', asking('b.docx'))).codes).toEqual(['Success'])
    expect((await world.ask(file, '', asking('b.docx'))).text).toContain('SuggestedFileName="b (2).docx"')
  })
})

test('Who has made a file, and changed it, is told as far as its versions tell.', async () => {
  const [ann, bob] = [
    { id: 'owner', name: 'Ann' },
    { id: 'idBob', name: 'Bob' },
  ]
  const state = { size: 1, modifiedAt: 0 }
  const versions: Versions = {
    list: async () => [
      { ...state, version: 'v1', by: bob },
      { ...state, version: 'v0', by: ann },
    ],
    read: async () => undefined,
  }
  const world = await openWorld({ versions })
  const { text } = await world.ask(await world.make('a.docx', 'x'), query + sub('GetDocMetaInfo', 2))
  for (const each of [' ModifiedBy="Bob"', '"vti_modifiedby" Value="SR|Bob"', '"vti_author" Value="SR|Ann"'])
    expect(text).toContain(each)
})

describe('Properties', () => {
  const enumerate = sub('Properties', 1, 'Properties="PropertyEnumerate"')

  test('are told to each user by a program that has some', async () => {
    const properties = async (fileId: string, user: { name: string }) => ({ For: `${user.name} ${fileId}` })
    const world = await openWorld({ properties })
    const file = await world.make('a.docx', 'x')
    expect((await world.ask(file, enumerate)).text).toContain('<PropertyIds><PropertyId id="For"/></PropertyIds>')
    const asked = sub('Properties', 1, 'Properties="PropertyGet"', '<PropertyIds><PropertyId id="For"/></PropertyIds>')
    expect((await world.ask(file, asked, { user: 'Bob' })).text).toContain(`value="Bob ${file.id}"`)
  })

  test('are not supported by one that says nothing of them', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    expect((await world.ask(file, enumerate)).codes).toEqual(['RequestNotSupported'])
  })
})
