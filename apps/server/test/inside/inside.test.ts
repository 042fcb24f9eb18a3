import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Found } from '../../src/api.ts'
import { type Server, start } from '../start.ts'

const samples = join(import.meta.dirname, '../../../../samples')
const letter = await readFile(join(samples, 'Welcome letter.docx'))

const search = async (server: Server, text: string): Promise<Found> =>
  (await server.ask(`/api/search?${new URLSearchParams({ q: text })}`)).json()
const names = ({ items }: Found) => items.map(({ name }) => name)

test('documents are found by what is in them, after those that have it in their names', async () => {
  const files = {
    'garden.txt': 'nothing else',
    'letters/to Ada.txt': 'About our <garden> & the weather',
    'a.docx': letter,
  }
  const server = await start({ files })
  await expect.poll(async () => names(await search(server, 'garden'))).toEqual(['garden.txt', 'to Ada.txt'])
  const { paths, snippets } = await search(server, 'garden')
  expect(paths).toEqual([[], ['letters']])
  expect(snippets).toEqual([
    null,
    [
      { text: 'About our <', isFound: false },
      { text: 'garden', isFound: true },
      { text: '> & the weather', isFound: false },
    ],
  ])
  await expect.poll(async () => names(await search(server, 'welcome'))).toContain('a.docx')
})

test('what changes in a document is found as soon as it is saved, and no longer what it said before', async () => {
  const server = await start({ files: { 'a.txt': 'before' } })
  await expect.poll(async () => names(await search(server, 'before'))).toEqual(['a.txt'])
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt' })
  const send = (override: string, path: string, body?: string) =>
    fetch(`${wopiSrc}${path}?access_token=${accessToken}`, {
      method: 'POST',
      headers: { 'X-WOPI-Override': override, 'X-WOPI-Lock': 'L' },
      ...(body !== undefined && { body }),
    })
  expect((await send('LOCK', '')).status).toBe(200)
  expect((await send('PUT', '/contents', 'afterwards')).status).toBe(200)
  await expect.poll(async () => names(await search(server, 'afterwards'))).toEqual(['a.txt'])
  expect(names(await search(server, 'before'))).toEqual([])
})

test('without anything to draw with, no document has a picture', async () => {
  const server = await start({ files: { 'a.docx': letter } })
  const { id, hasThumbnail } = await server.file('a.docx')
  expect(hasThumbnail).toBe(false)
  expect((await server.ask(`/api/files/${id}/thumbnail`)).status).toBe(404)
})

test('documents have a picture of their first page where there is something to draw with', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-soffice-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const soffice = join(folder, 'soffice')
  await writeFile(soffice, '#!/bin/sh\nfor last; do :; done\nprintf PNG > "$(dirname "$last")/output/document.png"\n')
  await chmod(soffice, 0o755)
  const server = await start({ files: { 'a.docx': letter, 'a.txt': 'text' }, config: { soffice } })
  expect((await server.file('a.txt')).hasThumbnail).toBe(false)
  const { id, version, hasThumbnail } = await server.file('a.docx')
  expect(hasThumbnail).toBe(true)
  const picture = await server.ask(`/api/files/${id}/thumbnail?v=${version}`)
  expect([picture.status, picture.headers.get('Content-Type'), await picture.text()]).toEqual([200, 'image/png', 'PNG'])
  expect(picture.headers.get('Cache-Control')).toContain('immutable')
  expect(picture.headers.get('Content-Security-Policy')).toContain('sandbox')
})
