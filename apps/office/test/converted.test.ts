import { chmodSync, createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readDiscovery } from '@openwopi/protocol'
import { strFromU8, unzipSync } from 'fflate'
import { expect, onTestFinished, test } from 'vitest'
import { findSoffice } from '../src/converter/find-soffice.ts'
import { libreOffice } from '../src/converter/libre-office.ts'
import { inBrowser } from './support/in-browser.ts'
import { type Setup, setUp } from './support/setup.ts'

const { sitDown } = inBrowser()

const samples = join(import.meta.dirname, '../../../samples')
const installed = findSoffice(process.env['PATH'] ?? '') ?? ''

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-converted-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function withConverter(soffice?: string): Promise<Setup> {
  const converter = soffice === undefined ? undefined : await libreOffice({ program: soffice, folder: newFolder() })
  const setup = await setUp(converter ? { converter } : {})
  onTestFinished(async () => {
    await setup.close()
    await converter?.close()
  })
  return setup
}

async function opened({ office }: Setup): Promise<ReadonlyMap<string, readonly string[]>> {
  const { zones } = readDiscovery(await (await fetch(`${office.url}/hosting/discovery`)).text())
  const actions = zones.flatMap(({ apps }) => apps.flatMap((app) => app.actions))
  return new Map(
    actions.map(({ ext }) => [ext ?? '', actions.filter((one) => one.ext === ext).map(({ name }) => name)]),
  )
}

test('with a converter, documents of yesterday are shown as pages; without one, nobody is told that they are', async () => {
  expect((await opened(await withConverter())).has('rtf')).toBe(false)
  const setup = await withConverter(installed)
  expect((await opened(setup)).get('rtf')).toEqual(['view', 'embedview', 'interactivepreview', 'mobileView', 'convert'])
  const file = await setup.host.add('letter.rtf', '{\\rtf1\\ansi Dear {\\b Ada}, this was written long ago.}')
  const anna = await sitDown(setup, file, { wanted: 'view' })
  await anna.office.locator('.textLayer span', { hasText: 'Ada' }).first().waitFor()
  expect(anna.problems).toEqual([])
})

test('a presentation is shown as it looks', async () => {
  const folder = newFolder()
  const { convert, close } = await libreOffice({ program: installed, folder })
  onTestFinished(close)
  const read = () => createReadStream(join(samples, 'Introduction.pptx'))
  const setup = await withConverter(installed)
  const file = await setup.host.add('slides.odp', Buffer.from(await convert({ read, from: 'pptx', to: 'odp' })))
  const anna = await sitDown(setup, file, { wanted: 'view' })
  await anna.office.locator('.textLayer span').first().waitFor()
  expect(anna.problems).toEqual([])
})

test('a document of yesterday is copied into a format of today, once, and the copy takes the place of the page', async () => {
  const setup = await withConverter(installed)
  const file = await setup.host.add('letter.rtf', '{\\rtf1\\ansi Dear Ada, this was written long ago.}')
  const anna = await sitDown(setup, file, { wanted: 'convert' })
  await anna.page.waitForURL(`${setup.host.origin}/edit`)
  const copy = await setup.host.storage.child('root', 'letter.docx')
  expect(copy && strFromU8(unzipSync(await setup.host.bytes(copy))['word/document.xml'] ?? new Uint8Array())).toContain(
    'written long ago',
  )
  await expect.poll(() => setup.host.calls('putRelativeFile').map(({ status }) => status)).toEqual([200])
  expect(anna.problems).toEqual([])
})

test('who reads a document of yesterday can have the copy made; who may not write is not asked', async () => {
  const setup = await withConverter(installed)
  const file = await setup.host.add('letter.rtf', '{\\rtf1\\ansi Dear Ada}')
  const anna = await sitDown(setup, file, { wanted: 'view' })
  await anna.office.getByRole('button', { name: 'Convert to .docx' }).click()
  await anna.office.getByText('Saved as “letter.docx”').waitFor()
  const bert = await sitDown(setup, file, { wanted: 'view', canOnlyRead: true })
  await bert.office.locator('.textLayer span').first().waitFor()
  expect(await bert.office.getByRole('button', { name: 'Convert to .docx' }).count()).toBe(0)
})

test('a document that cannot be made into pages says why', async () => {
  const sentences = {
    'exit 3': 'the converter ended before it was done',
    'exit 0': 'damaged or protected by a password',
  }
  for (const [script, sentence] of Object.entries(sentences)) {
    const program = join(newFolder(), 'soffice')
    writeFileSync(program, `#!/bin/sh\n${script}\n`)
    chmodSync(program, 0o755)
    const setup = await withConverter(program)
    const anna = await sitDown(setup, await setup.host.add('old.doc', 'x'), { wanted: 'view' })
    await anna.office.getByText(sentence).waitFor()
  }
})
