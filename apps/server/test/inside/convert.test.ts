import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { start } from '../start.ts'

const samples = join(import.meta.dirname, '../../../../samples')

/** Makes the same .docx of every document. */
async function converter(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-soffice-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await copyFile(join(samples, 'Welcome letter.docx'), join(folder, 'made.docx'))
  const soffice = join(folder, 'soffice')
  await writeFile(
    soffice,
    `#!/bin/sh\nfor last; do :; done\ncp ${folder}/made.docx "$(dirname "$last")/output/document.docx"\n`,
  )
  await chmod(soffice, 0o755)
  return soffice
}

test('a document of yesterday can be edited as a copy of today; one of today, or that nobody may write, cannot', async () => {
  const config = { clients: [], soffice: await converter() }
  const server = await start({ files: { 'old.doc': 'x', 'new.docx': 'x', 'fixed.doc': 'x' }, config })
  await chmod(join(server.folder, 'fixed.doc'), 0o444)
  expect((await server.file('old.doc')).actions).toEqual({ view: true, edit: false, convert: 'docx' })
  expect((await server.file('new.docx')).actions).toEqual({ view: true, edit: true })
  expect((await server.file('fixed.doc')).actions).toEqual({ view: true, edit: false })
  const { id } = await server.file('old.doc')
  const page = await (await server.ask(`/open/${id}?action=convert`)).text()
  expect(page).toContain(`${server.officeUrl}/convert?`)
  const without = await start({ files: { 'old.doc': 'x' }, config: { clients: [] } })
  expect((await without.file('old.doc')).actions).toEqual({ view: false, edit: false })
})

test('the copy stands beside the document, and leads to the page that edits it', async () => {
  const config = { clients: [], soffice: await converter() }
  const server = await start({ files: { 'old.doc': 'as it was' }, config })
  const { accessToken, actionUrl } = await server.token({ path: 'old.doc', client: 'office' })
  const form = new URLSearchParams({ access_token: accessToken, access_token_ttl: String(Date.now() + 60_000) })
  const address = (actionUrl ?? '').replace('/view?', '/convert?')
  const page = await (await fetch(address, { method: 'POST', body: form })).text()
  const ticket = /"ticket":"([^"]+)"/.exec(page)?.[1]
  expect(page).toContain('"convertsNow":true')
  const converted = await fetch(`${server.officeUrl}/api/convert`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${ticket}` },
  })
  const news = (await converted.text()).trim().split('\n')
  const made = JSON.parse(news.at(-1) ?? '')
  const copy = await server.file('old.docx')
  expect(made).toEqual({ is: 'done', name: 'old.docx', url: `${server.url}/open/${copy.id}?action=edit` })
  expect(await readFile(join(server.folder, 'old.docx'))).toEqual(await readFile(join(samples, 'Welcome letter.docx')))
  expect(await readFile(join(server.folder, 'old.doc'), 'utf8')).toBe('as it was')
})
