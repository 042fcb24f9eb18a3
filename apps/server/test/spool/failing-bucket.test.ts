import { randomBytes } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { objectStores, startTime } from '../../../../packages/storage-sql/test/blobs/object-stores.ts'
import { start } from '../start.ts'
import { bytes, bytesOf, eventually, failed, opened, temporary, textOf } from './an-editor.ts'
import { behindFaults } from './behind-faults.ts'

const failure = { code: 'ServerBusy' }

describe.each(objectStores.slice(0, 1))('A bucket of %s', { timeout: startTime }, (store) => {
  const behind = (config = {}) => behindFaults(store, config)

  test('that is away fails a save, which is kept, while what needs no content is answered', async () => {
    const { server, breaks } = await behind()
    const { editor } = await opened(server)
    breaks({ status: 503, code: 'ServiceUnavailable' })
    await expect(editor.putFile({ lock: 'mine', content: bytes('in vain') })).rejects.toMatchObject(failure)
    expect((await editor.checkFileInfo()).info.Size).toBe('before'.length)
    await editor.refreshLock({ lock: 'mine' })
    breaks(undefined)
    expect(await textOf(editor)).toBe('before')
    await editor.unlock({ lock: 'mine' })
    const [save] = await failed(server)
    const restored = await server.change('POST', `/api/failed-saves/${save?.id}/restore`, { as: 'version' })
    expect(restored.status).toBe(200)
    expect(await textOf(editor)).toBe('in vain')
  })

  test('that hangs is given up in time; of a large save the first try is lost, and the next one is kept', async () => {
    const { server, breaks } = await behind({ storagePatience: 5000 })
    const { editor } = await opened(server)
    const large = randomBytes(20 * 2 ** 20)
    const save = () => editor.putFile({ lock: 'mine', content: bytes(large.subarray(0, 9e6), large.subarray(9e6)) })
    breaks('hangs')
    await expect(save()).rejects.toMatchObject(failure)
    // Some of it was on its way to the bucket already, and no copy of it was made.
    expect(await failed(server)).toEqual([])
    await expect(save()).rejects.toMatchObject(failure)
    breaks(undefined)
    await eventually(async () => expect(await textOf(editor)).toBe('before'))
    await editor.unlock({ lock: 'mine' })
    const kept = (await failed(server)).find(({ size }) => size === large.byteLength)
    expect((await server.change('POST', `/api/failed-saves/${kept?.id}/restore`, { as: 'version' })).status).toBe(200)
    expect((await bytesOf(editor)).equals(large)).toBe(true)
  })

  test('that hangs does not hold up a server that stops: what was being saved is put aside and answered first', async () => {
    const { server, breaks, config, requests } = await behindFaults(store, {
      storagePatience: 600_000,
      drainLimit: 10_000,
    })
    const puts = () => requests.filter(({ method }) => method === 'PUT').length
    const { editor } = await opened(server)
    breaks('hangs', ({ method }) => method === 'PUT')
    const before = puts()
    const saving = editor.putFile({ lock: 'mine', content: bytes('at the end') })
    const refused = expect(saving).rejects.toMatchObject(failure)
    await eventually(() => expect(puts()).toBe(before + 1))
    await server.stop()
    await refused
    breaks(undefined)
    const again = await start({ on: server, config })
    expect(await failed(again)).toMatchObject([{ size: 'at the end'.length }])
  })
})

/** A file where a folder should be. */
async function breakFolder(path: string): Promise<void> {
  await rename(path, `${path}.away`)
  await writeFile(path, '')
}

async function mendFolder(path: string): Promise<void> {
  await rm(path)
  await rename(`${path}.away`, path)
}

test('an upload by the page that cannot be stored is kept, and waits no longer once it could', async () => {
  const blobs = await temporary()
  const database = `sqlite:${join(await temporary(), 'data.db')}`
  const server = await start({ config: { database, blobs } })
  const own = { 'Tus-Resumable': '1.0.0', 'X-OpenWOPI': '1' }
  const creation = { ...own, 'Upload-Length': '5', 'Upload-Metadata': `name ${btoa('new.txt')}` }
  const begun = await server.ask('/api/uploads', { method: 'POST', headers: creation })
  const address = begun.headers.get('Location') ?? ''
  const sent = { ...own, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' }
  await breakFolder(blobs)
  expect((await server.ask(address, { method: 'PATCH', headers: sent, body: 'hello' })).status).toBe(500)
  expect(await failed(server)).toMatchObject([{ name: 'new.txt', size: 5 }])
  await mendFolder(blobs)
  expect((await server.ask(address, { method: 'HEAD', headers: own })).status).toBe(200)
  expect(await failed(server)).toEqual([])
  expect((await server.file('new.txt')).size).toBe(5)
})
