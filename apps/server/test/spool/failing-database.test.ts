import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { startPostgres } from '../../../../scripts/postgres.js'
import type { FailedSaveItem, FailedSaveList, RecoverableSave } from '../../src/api.ts'
import { type Server, start } from '../start.ts'

let postgres: Awaited<ReturnType<typeof startPostgres>>

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

async function node(config = {}) {
  const blobs = await mkdtemp(join(tmpdir(), 'openwopi-blobs-'))
  onTestFinished(() => rm(blobs, { recursive: true, force: true }))
  return start({ config: { database: postgres.url, blobs, ...config } })
}

let count = 0

/** A document that an editor has open. */
async function opened(server: Server) {
  const name = `document-${++count}.txt`
  const made = await server.change('POST', '/api/folders/root/files', { name })
  expect(made.status).toBeLessThan(300)
  const editor = createClient(await server.token({ path: name }))
  await editor.lock({ lock: 'mine' })
  await editor.putFile({ lock: 'mine', content: bytes('before') })
  return { name, editor, id: (await made.json()).id as string }
}

async function* bytes(text: string | Uint8Array) {
  yield Buffer.from(text)
}

async function textOf(editor: ReturnType<typeof createClient>): Promise<string> {
  const { content } = await editor.getFile()
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const isRecoverable = (item: FailedSaveItem): item is RecoverableSave => !('problem' in item)

async function failed(server: Server): Promise<readonly RecoverableSave[]> {
  const { items } = (await (await server.ask('/api/failed-saves')).json()) as FailedSaveList
  return items.filter(isRecoverable)
}

/** What is in the way for a moment only. */
const eventually = (holds: () => Promise<void>) => vi.waitFor(holds, { timeout: 20_000, interval: 100 })

/** With the database away meanwhile. */
async function away<T>(work: () => Promise<T>): Promise<T> {
  await postgres.down()
  return work().finally(postgres.up)
}

test('a save while the database is away fails, is kept, and becomes a version when its owner says so', async () => {
  const server = await node()
  const { name, editor, id } = await opened(server)
  await away(async () => {
    await expect(editor.putFile({ lock: 'mine', content: bytes('written in vain') })).rejects.toMatchObject({
      code: 'ServerBusy',
      details: { retryAfter: '5' },
    })
    const began = Date.now()
    await expect(editor.checkFileInfo()).rejects.toMatchObject({ code: 'ServerBusy' })
    expect(Date.now() - began).toBeLessThan(5000)
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

  const restored = await server.change('POST', `/api/failed-saves/${save?.id}/restore`, { as: 'version' })
  expect(restored.status).toBe(200)
  expect(await textOf(editor)).toBe('written in vain')
  expect(await failed(server)).toEqual([])
  expect(await readdir(join(server.dataFolder, 'spool'))).toEqual([])
}, 60_000)
