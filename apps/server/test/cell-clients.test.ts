import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesOf, type CellResult, createClient, openCells } from '@openwopi/client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { postgres, sqlite } from '../../../packages/storage-sql/test/databases.ts'
import { type Server, start } from './start.ts'

const inPostgres = postgres()
const exclusiveLockId = '22222222-3333-4444-5555-666666666666'
const utf8 = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString()

/** What was asked for, which was not refused. */
function done<T extends object>(result: CellResult<T>): { readonly is: 'done' } & T {
  if (result.is === 'refused') throw new Error(JSON.stringify(result))
  return result
}

/** Two servers of the same files; a folder has one, which is both. */
const places: Readonly<Record<string, () => Promise<{ readonly one: Server; readonly other: Server }>>> = {
  async 'a folder'() {
    const one = await start({ config: { cells: true } })
    return { one, other: one }
  },
  'SQLite, two servers': async () => serversOf(await sqlite.fresh()),
  'PostgreSQL, two servers': async () => serversOf(await inPostgres.fresh()),
}

async function serversOf(database: string) {
  const blobs = await mkdtemp(join(tmpdir(), 'openwopi-blobs-'))
  onTestFinished(() => rm(blobs, { recursive: true, force: true }))
  const config = { cells: true, database, blobs }
  return { one: await start({ config }), other: await start({ config }) }
}

describe.each(Object.entries(places))('Over %s', (_, open) => {
  /** Somebody who works at each server on the same file, which says `first`. */
  async function world() {
    const { one, other } = await open()
    await one.change('POST', '/api/folders/root/files', { name: 'a.txt' })
    const at = async (server: Server) => {
      const client = createClient(await server.token({ path: 'a.txt' }))
      return { client, cells: openCells(client) }
    }
    const [here, there] = [await at(one), await at(other)]
    await here.client.putFile({ content: utf8('first') })
    const content = async () => textOf(await bytesOf((await there.client.getFile()).content))
    return { here, there, content }
  }

  test('what one puts in cells is what GetFile gives and others open, and what PutFile writes appears in the cells', async () => {
    const { here, there, content } = await world()
    const { document } = done(await here.cells.open())
    expect(textOf(document.content)).toBe('first')
    done(await document.put(utf8('by cells')))
    expect(await content()).toBe('by cells')
    expect(textOf(done(await there.cells.open()).document.content)).toBe('by cells')

    await there.client.lock({ lock: 'mine' })
    await there.client.putFile({ lock: 'mine', content: utf8('by PutFile') })
    await there.client.unlock({ lock: 'mine' })
    expect(await document.put(utf8('too late'))).toMatchObject({ is: 'refused', fault: { kind: 'cell', code: 12 } })
    expect(done(await document.update()).hasChanged).toBe(true)
    expect(textOf(document.content)).toBe('by PutFile')
    done(await document.put(utf8('after all')))
    expect(await content()).toBe('after all')
  })

  test('who has joined keeps locks and saves of WOPI out, and who has locked keeps out who would join', async () => {
    const { here, there, content } = await world()
    expect(done(await here.cells.join({ clientId: 'here' })).status).toBe('Alone')
    await expect(there.client.lock({ lock: 'mine' })).rejects.toMatchObject({
      code: 'LockMismatch',
      details: { lock: '', byOtherInterface: true },
    })
    await expect(there.client.putFile({ content: utf8('no') })).rejects.toMatchObject({ code: 'LockMismatch' })
    expect(done(await there.cells.join({ clientId: 'there' })).status).toBe('Coauthoring')
    expect(done(await here.cells.editors.read()).editors.map(({ clientId }) => clientId)).toEqual(['here', 'there'])
    done(await here.cells.leave())
    done(await there.cells.leave())

    await there.client.lock({ lock: 'mine' })
    expect(await here.cells.join({ clientId: 'here' })).toMatchObject({ code: 'FileAlreadyLockedOnServer' })
    const { document } = done(await here.cells.open())
    expect(await document.put(utf8('no'))).toMatchObject({ code: 'FileAlreadyLockedOnServer' })
    expect(await content()).toBe('first')
  })

  test('of many who take a file at once, over cells and over WOPI, one has it', async () => {
    const { here, there } = await world()
    const locks = Array.from({ length: 6 }, (_, at) => {
      const by = at % 2 === 0 ? here : there
      return by.client.lock({ lock: `lock ${at}` }).then(
        () => true,
        () => false,
      )
    })
    const exclusive = Array.from({ length: 6 }, async (_, at) => {
      const id = `${at}${exclusiveLockId.slice(1)}`
      const taken = await (at % 2 === 0 ? here : there).cells.exclusiveLock.get({ exclusiveLockId: id })
      return taken.is === 'done'
    })
    const won = await Promise.all([...locks, ...exclusive])
    expect(won.filter(Boolean)).toHaveLength(1)
  })

  test('puts from both sides at once lose nothing: each that is refused updates, and puts what both shall be', async () => {
    const { here, there, content } = await world()
    const lines = async (cells: typeof here.cells, name: string) => {
      const { document } = done(await cells.open())
      for (let line = 0; line < 5; ) {
        const put = await document.put(utf8(`${textOf(document.content)}\n${name}${line}`))
        if (put.is === 'done') line++
        else {
          expect(put.fault).toMatchObject({ kind: 'cell', code: 12 })
          done(await document.update())
        }
      }
    }
    await Promise.all([lines(here.cells, 'here'), lines(there.cells, 'there')])
    const written = (await content()).split('\n')
    expect(written[0]).toBe('first')
    for (const name of ['here', 'there'])
      expect(written.filter((line) => line.startsWith(name))).toEqual([0, 1, 2, 3, 4].map((line) => `${name}${line}`))
  })
})

test('who has a file open through its cells is known after a restart, as are the cells', async () => {
  const server = await start({ files: { 'a.docx': 'first' }, config: { cells: true } })
  const cells = openCells(createClient(await server.token({ path: 'a.docx' })))
  done(await cells.editors.join({ clientId: 'one' }))
  const { document } = done(await cells.open())
  await server.stop()
  const again = await start({ on: server, config: { cells: true } })
  const later = openCells(createClient(await again.token({ path: 'a.docx' })))
  expect(done(await later.editors.read()).editors.map(({ clientId }) => clientId)).toEqual(['one'])
  expect(done(await later.open()).document.state.etag).toBe(document.state.etag)
})

test('a file beside another is made through cells, and only once', async () => {
  const server = await start({ files: { 'a.docx': 'first' }, config: { cells: true } })
  const client = createClient(await server.token({ path: 'a.docx' }))
  const beside = openCells(client, { relativeTarget: 'b.docx' })
  done(await beside.create(utf8('made')))
  expect(await openCells(client, { relativeTarget: 'b.docx' }).create(utf8('no'))).toMatchObject({ is: 'refused' })
  const made = openCells(createClient(await server.token({ path: 'b.docx' })))
  expect(textOf(done(await made.open()).document.content)).toBe('made')
})
