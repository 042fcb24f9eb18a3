import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { expect, onTestFinished, test } from 'vitest'
import type { ServerEvent } from '../src/api.ts'
import { type Server, start, until } from './start.ts'

/** Listens to what the server tells its pages. */
async function listenTo(server: Server) {
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const response = await server.ask('/api/events', { signal: leaving.signal })
  expect(response.headers.get('Content-Type')).toBe('text/event-stream')
  const told: ServerEvent[] = []
  const state = { hasEnded: false }
  const read = async () => {
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) if (block.startsWith('data: ')) told.push(JSON.parse(block.slice(6)))
    }
    state.hasEnded = true
  }
  read().catch(() => {})
  return { told, state, leave: () => leaving.abort() }
}

async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}

test('pages hear what others do with the files, over WOPI and in other pages', async () => {
  const server = await start({ files: { 'a.txt': 'one' } })
  const { told } = await listenTo(server)
  const { id, folderId } = await server.file('a.txt')
  const file = createClient(await server.token({ path: 'a.txt' }))
  await file.lock({ lock: 'x' })
  await file.putFile({ lock: 'x', content: bytes('two') })
  await file.unlock({ lock: 'x' })
  await server.change('PATCH', `/api/files/${id}`, { name: 'b.txt' })
  await server.change('DELETE', `/api/files/${id}`)
  await server.change('POST', `/api/trash/${id}/restore`)
  await until(() => told.length >= 6, 'six things were told')
  expect(told.map(({ what }) => what)).toEqual(['locked', 'changed', 'unlocked', 'renamed', 'removed', 'created'])
  expect(told.every((event) => event.fileId === id)).toBe(true)
  expect(told[3]).toEqual({ what: 'renamed', fileId: id, folderId, name: 'b.txt' })
})

test('pages hear where saves go when a file was changed from outside', async () => {
  const server = await start({ files: { 'a.txt': 'one' } })
  const { told } = await listenTo(server)
  const file = createClient(await server.token({ path: 'a.txt' }))
  await file.lock({ lock: 'x' })
  await writeFile(join(server.folder, 'a.txt'), 'changed by another program')
  await file.putFile({ lock: 'x', content: bytes('two') })
  await until(() => told.some(({ what }) => what === 'conflict'), 'the conflict was told')
  const conflict = told.find((event) => event.what === 'conflict')
  const names = (await server.list()).files.map(({ name }) => name)
  expect(names).toContain(conflict?.what === 'conflict' ? conflict.copyName : undefined)
})

test('a page that leaves is forgotten, and one that stays does not keep the server from ending', async () => {
  const drainLimit = 100_000
  const server = await start({ config: { drainLimit } })
  const [leaving, staying] = [await listenTo(server), await listenTo(server)]
  leaving.leave()
  const begun = Date.now()
  await server.stop()
  await until(() => staying.state.hasEnded, 'the stream has ended')
  expect(Date.now() - begun).toBeLessThan(drainLimit / 2)
})
