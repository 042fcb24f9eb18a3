import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres } from '../../../../scripts/postgres.js'
import type { FailedSaveList } from '../../src/api.ts'
import { openwopi } from '../cli/openwopi.ts'
import { type Server, start } from '../start.ts'
import { bytes, bytesOf, eventually, failed, opened, temporary, textOf } from './an-editor.ts'

let postgres: Awaited<ReturnType<typeof startPostgres>>
let blobs: string

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

const node = async (config = {}) => {
  blobs = await temporary()
  return start({ config: { database: postgres.url, blobs, ...config } })
}

/** With the database away meanwhile. */
async function away<T>(work: () => Promise<T>): Promise<T> {
  await postgres.down()
  return work().finally(postgres.up)
}

const busy = { code: 'ServerBusy', details: { retryAfter: '5' } }
const restore = (server: Server, id: string | undefined, as: 'version' | 'copy') =>
  server.change('POST', `/api/failed-saves/${id}/restore`, { as })
const spooled = (server: Server) => readdir(join(server.dataFolder, 'spool'))

test('a save while the database is away fails, is kept, and becomes a version when its owner says so', async () => {
  const server = await node()
  const { name, editor, id } = await opened(server)
  await away(async () => {
    await expect(editor.putFile({ lock: 'mine', content: bytes('written in vain') })).rejects.toMatchObject(busy)
    const began = Date.now()
    await expect(editor.checkFileInfo()).rejects.toMatchObject(busy)
    await expect(editor.getFile()).rejects.toMatchObject(busy)
    expect((await server.ask('/api/trash')).status).toBe(503)
    // Whoever waits for the database waits for ten seconds each time.
    expect(Date.now() - began).toBeLessThan(20_000)
    expect((await server.ask('/healthz')).status).toBe(200)
    expect((await server.ask('/readyz')).status).toBe(503)
  })
  await eventually(async () => expect(await textOf(editor)).toBe('before'))
  await editor.unlock({ lock: 'mine' })
  const [save] = await failed(server)
  expect(save).toMatchObject({ name, fileId: id, size: 15 })
  expect(save).not.toHaveProperty('obstacle')
  const content = await server.ask(`/api/failed-saves/${save?.id}/content`)
  expect(await content.text()).toBe('written in vain')
  expect(content.headers.get('Content-Disposition')).toContain(name)

  expect((await restore(server, save?.id, 'version')).status).toBe(200)
  expect(await textOf(editor)).toBe('written in vain')
  expect(await failed(server)).toEqual([])
  expect(await spooled(server)).toEqual([])
  expect((await restore(server, save?.id, 'version')).status).toBe(404)
})

test('a save becomes no version of a file that is open or was changed since, but a copy beside it', async () => {
  const server = await node()
  const { name, editor } = await opened(server)
  await away(() => expect(editor.putFile({ lock: 'mine', content: bytes('first') })).rejects.toMatchObject(busy))
  await eventually(async () => void (await editor.refreshLock({ lock: 'mine' })))
  const [open] = await failed(server)
  expect(open?.obstacle).toMatch(/has “document-\d+.txt” open/)
  expect((await restore(server, open?.id, 'version')).status).toBe(409)

  await editor.putFile({ lock: 'mine', content: bytes('second') })
  await editor.unlock({ lock: 'mine' })
  const [changed] = await failed(server)
  expect(changed?.obstacle).toContain('has been changed since')
  expect((await restore(server, changed?.id, 'version')).status).toBe(409)
  const copy = (await (await restore(server, changed?.id, 'copy')).json()) as { id: string; name: string }
  expect(copy.name).toMatch(new RegExp(`^${name.replace('.txt', '')} \\(recovered [\\d-]+.*\\)\\.txt$`))
  expect(await (await server.ask(`/download/${copy.id}`)).text()).toBe('first')
  expect(await textOf(editor)).toBe('second')
})

test('a save that its client has sent again with success waits no longer', async () => {
  const server = await node()
  const { editor } = await opened(server)
  await away(() => expect(editor.putFile({ lock: 'mine', content: bytes('again') })).rejects.toMatchObject(busy))
  await eventually(async () => void (await editor.putFile({ lock: 'mine', content: bytes('again') })))
  await editor.putFile({ lock: 'mine', content: bytes('and more') })
  expect(await failed(server)).toEqual([])
  expect(await spooled(server)).toEqual([])
})

test('what is sent again and again is kept once, and of a session that goes on the latest saves', async () => {
  const server = await node()
  const { editor } = await opened(server)
  const other = await opened(server)
  await away(async () => {
    await expect(other.editor.putFile({ lock: 'mine', content: bytes('of another file') })).rejects.toMatchObject(busy)
    for (const text of ['1', '1', '22', '333', '333', '4444', '55555'])
      await expect(editor.putFile({ lock: 'mine', content: bytes(text) })).rejects.toMatchObject(busy)
    for (const text of ['by itself', 'by itself, later'])
      await expect(
        other.editor.putFile({ lock: 'mine', content: bytes(text), isAutosave: true }),
      ).rejects.toMatchObject(busy)
  })
  await eventually(async () => void (await editor.unlock({ lock: 'mine' })))
  const kept = (await failed(server)).map(({ size }) => size)
  expect(kept).toEqual(['by itself, later', '55555', '4444', '333', 'of another file'].map((text) => text.length))
})

test('a copy that a client wanted is kept under the name that it was to have', async () => {
  const server = await node()
  const { editor } = await opened(server)
  await away(() =>
    expect(editor.putRelativeFile({ suggestedTarget: 'wänted.txt', content: bytes('copied') })).rejects.toMatchObject(
      busy,
    ),
  )
  await eventually(async () => void (await editor.checkFileInfo()))
  const [save] = await failed(server)
  expect(save).toMatchObject({ name: 'wänted.txt', obstacle: expect.stringContaining('a file of its own') })
  expect(await (await restore(server, save?.id, 'copy')).json()).toMatchObject({ name: 'wänted.txt' })
})

test('a large save whose database is lost in the middle is kept, from the blob store', async () => {
  const server = await node()
  const { editor } = await opened(server)
  const large = randomBytes(20 * 2 ** 20)
  const broken = async function* () {
    yield large.subarray(0, 15 * 2 ** 20)
    await postgres.down()
    yield large.subarray(15 * 2 ** 20)
  }
  await expect(editor.putFile({ lock: 'mine', content: broken() })).rejects.toMatchObject(busy)
  await postgres.up()
  await eventually(async () => void (await editor.unlock({ lock: 'mine' })))
  const [save] = await failed(server)
  expect(save?.size).toBe(large.byteLength)
  expect((await restore(server, save?.id, 'version')).status).toBe(200)
  expect((await bytesOf(editor)).equals(large)).toBe(true)
})

test('a database that stands still is not waited for, and what was given up is never applied', async () => {
  const server = await node({ storagePatience: 5000 })
  const { editor } = await opened(server)
  postgres.pause()
  try {
    await expect(editor.putFile({ lock: 'mine', content: bytes('too late') })).rejects.toMatchObject(busy)
    await expect(editor.checkFileInfo()).rejects.toMatchObject(busy)
  } finally {
    postgres.resume()
  }
  await eventually(async () => expect(await textOf(editor)).toBe('before'))
  await editor.unlock({ lock: 'mine' })
  const [save] = await failed(server)
  expect(save?.size).toBe('too late'.length)
  expect((await restore(server, save?.id, 'version')).status).toBe(200)
  expect(await textOf(editor)).toBe('too late')
})

test('what may not be saved, and what does not arrive whole, is not kept', async () => {
  const server = await node()
  const { name, issued } = await opened(server)
  const looking = createClient(await server.token({ path: name, view: true }))
  await away(async () => {
    await expect(looking.putFile({ lock: 'mine', content: bytes('no') })).rejects.toMatchObject(busy)
    await expect(
      createClient({ ...issued, accessToken: `${issued.accessToken}x` }).putFile({ content: bytes('no') }),
    ).rejects.toMatchObject({ code: 'InvalidToken' })
    await breakOff(`${issued.wopiSrc}/contents?access_token=${issued.accessToken}`)
    await eventually(() => expect(server.log.map(({ event }) => event)).toContain('save not put aside'))
  })
  expect(await spooled(server)).toEqual([])
})

/** Sends half of what it announces, and goes. */
const breakOff = (url: string) =>
  new Promise<void>((resolve) => {
    const headers = { 'X-WOPI-Override': 'PUT', 'X-WOPI-Lock': 'mine', 'Content-Length': '1000' }
    const sent = request(url, { method: 'POST', headers })
    sent.on('error', () => undefined).on('close', resolve)
    sent.write('half', () => setImmediate(() => sent.destroy()))
  })

test('a spool that is full says so to the client and in the log', async () => {
  const server = await node({ spoolSize: 100_000 })
  const { editor, issued } = await opened(server)
  await away(async () => {
    await expect(editor.putFile({ lock: 'mine', content: bytes('fits') })).rejects.toMatchObject(busy)
    const answer = await fetch(`${issued.wopiSrc}/contents?access_token=${issued.accessToken}`, {
      method: 'POST',
      headers: { 'X-WOPI-Override': 'PUT', 'X-WOPI-Lock': 'mine' },
      body: randomBytes(200_000),
    })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('X-WOPI-ServerError')).toContain('could not be kept')
  })
  expect(server.log.find(({ event }) => event === 'save not put aside')?.['cause']).toMatch(/spool .* is full/)
  expect(await spooled(server)).toHaveLength(2)
})

test('each of two servers keeps what it was sent, and both offer all of it once the database is back', {
  timeout: 120_000,
}, async () => {
  const shared = { blobs: await temporary() }
  const [one, other] = [await node(shared), await node(shared)]
  const { editor, issued, name } = await opened(one)
  const there = createClient({ ...issued, wopiSrc: issued.wopiSrc.replace(one.url, other.url) })
  await there.checkFileInfo()
  await away(async () => {
    await expect(editor.putFile({ lock: 'mine', content: bytes('to one') })).rejects.toMatchObject(busy)
    await expect(there.putFile({ lock: 'mine', content: bytes('to the other') })).rejects.toMatchObject(busy)
  })
  await eventually(async () => void (await editor.unlock({ lock: 'mine' })))
  await eventually(async () => void (await there.checkFileInfo()))
  const sizes = ['to one'.length, 'to the other'.length]
  for (const server of [one, other])
    await eventually(async () =>
      expect((await failed(server)).map(({ size }) => size).sort((a, b) => a - b)).toEqual(sizes),
    )

  const elsewhere = (await failed(one)).find(({ size }) => size === 'to the other'.length)
  const content = await one.ask(`/api/failed-saves/${elsewhere?.id}/content`)
  expect(await content.text()).toBe('to the other')
  expect((await restore(one, elsewhere?.id, 'version')).status).toBe(200)
  expect(await textOf(editor)).toBe('to the other')
  expect(await spooled(other)).toEqual([])
  expect((await failed(one)).map(({ size }) => size)).toEqual(['to one'.length])

  await one.stop()
  const list = (await (await other.ask('/api/failed-saves')).json()) as FailedSaveList
  // Servers of other tests have left some behind.
  const items = list.items.filter((item) => 'problem' in item && item.problem.includes(name))
  expect(items).toEqual([
    { id: expect.any(String), problem: expect.stringMatching(/waits on the server http.*does not answer/) },
  ])
  expect((await restore(other, items[0]?.id, 'copy')).status).toBe(503)

  expect((await other.change('DELETE', `/api/failed-saves/${items[0]?.id}`)).status).toBe(204)
  expect(await (await other.ask('/api/failed-saves')).text()).not.toContain(name)
  const again = await start({ on: one, config: { database: postgres.url, ...shared } })
  await eventually(async () => expect((await failed(other)).map((save) => save.name)).toContain(name))
  expect((await failed(again)).map((save) => save.name)).toContain(name)
})

test('the command lists and writes out without the database, and recovers through a running server or without it', {
  timeout: 120_000,
}, async () => {
  const server = await node()
  const { editor, name } = await opened(server)
  const flags = [server.folder, '--database', postgres.url, '--blobs', blobs]
  const out = await temporary()
  await away(async () => {
    for (const text of ['first', 'second', 'third'])
      await expect(editor.putFile({ lock: 'mine', content: bytes(text) })).rejects.toMatchObject(busy)
    const listed = await openwopi(['recover', '--list', ...flags])
    expect(listed).toMatchObject({ code: 0, stderr: '' })
    expect(listed.stdout.trim().split('\n')).toEqual(Array(3).fill(expect.stringContaining(name)))
    expect(await openwopi(['recover', '--to', out, ...flags])).toMatchObject({ code: 0, stderr: '' })
  })
  const written = await Promise.all((await readdir(out)).map((each) => readFile(join(out, each), 'utf8')))
  expect(written.sort()).toEqual(['first', 'second', 'third'])

  await eventually(async () => void (await editor.unlock({ lock: 'mine' })))
  const [third, second] = await failed(server)
  const applied = await openwopi(['recover', '--apply', '--only', `${second?.id}`, ...flags])
  expect(applied).toMatchObject({ code: 0, stdout: expect.stringContaining('as its newest version.') })
  expect(await textOf(editor)).toBe('second')
  await server.stop()
  const copied = await openwopi(['recover', '--apply', '--only', `${third?.id}`, ...flags])
  expect(copied.stdout).toMatch(/has been changed since\. The save of .* is “document-\d+ \(recovered .*\)\.txt” now\./)
  expect((await openwopi(['recover', '--discard', ...flags])).stdout).toMatch(/has been discarded/)
  const { stdout } = await openwopi(['recover', ...flags])
  expect(stdout).toMatch(/^No save waits to be recovered on this machine\.\n/)
  expect(stdout).not.toContain(name)
})
