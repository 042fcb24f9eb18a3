import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { expect, onTestFinished, test } from 'vitest'
import { findSoffice } from '../../src/converter/find-soffice.ts'
import { type LibreOfficeOptions, libreOffice } from '../../src/converter/libre-office.ts'

const samples = join(import.meta.dirname, '../../../../samples')

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-converter-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A program in the place of LibreOffice. `$last` is the document, `$out` where the result goes. */
function program(script: string): string {
  const path = join(newFolder(), 'soffice')
  writeFileSync(path, `#!/bin/sh\nfor last; do :; done\nout=$(dirname "$last")/output/document.pdf\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

async function converter(options: Partial<LibreOfficeOptions> & Pick<LibreOfficeOptions, 'program'>) {
  const folder = newFolder()
  const made = await libreOffice({ folder, ...options })
  onTestFinished(() => made.close())
  return { ...made, folder }
}

async function* whole(bytes: Uint8Array | string) {
  yield typeof bytes === 'string' ? strToU8(bytes) : bytes
}
const document = (bytes: Uint8Array | string = 'x') => ({ read: () => whole(bytes), from: 'doc', to: 'pdf' }) as const
const installed = findSoffice(process.env['PATH'] ?? '') ?? ''

test('LibreOffice makes pages of documents, and formats of today of those of yesterday', async () => {
  const { convert, folder } = await converter({ program: installed })
  const letter = readFileSync(join(samples, 'Welcome letter.docx'))
  const pdf = await convert({ read: () => whole(letter), from: 'docx', to: 'pdf' })
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
  const rich = await convert({ read: () => whole('{\\rtf1 Hello {\\b there}}'), from: 'RTF', to: 'docx' })
  expect(Buffer.from(rich.subarray(0, 2)).toString()).toBe('PK')
  expect(readdirSync(folder)).toEqual([])
}, 120_000)

test('what a document names elsewhere is never asked for', async () => {
  let asked = 0
  const server = createServer((_, response) => {
    asked++
    response.end()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/picture.png`
  const { convert } = await converter({ program: installed })
  const linked = zipSync(docxWithLinkedPicture(url))
  const pdf = await convert({ read: () => whole(linked), from: 'docx', to: 'pdf' })
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
  expect(asked).toBe(0)
}, 120_000)

test('a document that cannot be read has no result', async () => {
  const { convert } = await converter({ program: program('exit 0') })
  await expect(convert(document())).rejects.toMatchObject({ why: 'unreadable' })
  await expect(convert({ ...document(), from: 'exe' })).rejects.toMatchObject({ why: 'unreadable' })
})

test('a converter that hangs is ended with all that it has started', async () => {
  const pids = join(newFolder(), 'pids')
  const hanging = program(`sleep 1000 & echo $! > ${pids}; wait`)
  const { convert, folder } = await converter({ program: hanging, time: 300 })
  await expect(convert(document())).rejects.toMatchObject({ why: 'too-slow' })
  const pid = Number(readFileSync(pids, 'utf8'))
  await expect.poll(() => isRunning(pid)).toBe(false)
  expect(readdirSync(folder)).toEqual([])
})

test('a converter that dies fails one document, and the next one is converted', async () => {
  const mark = join(newFolder(), 'died')
  const { convert } = await converter({
    program: program(`[ -e ${mark} ] && cp "$last" "$out" || { touch ${mark}; kill -9 $$; }`),
  })
  await expect(convert(document())).rejects.toMatchObject({ why: 'failed' })
  expect(existsSync(mark)).toBe(true)
  expect(Buffer.from(await convert(document('second'))).toString()).toBe('second')
})

test('what takes more memory, or more room, than it may is ended', async () => {
  const greedy = await converter({
    program: program('x=$(head -c 600000000 /dev/zero | tr "\\0" x) && cp "$last" "$out"'),
    memory: 300 * 1024 ** 2,
  })
  await expect(greedy.convert(document())).rejects.toMatchObject({ why: expect.stringMatching(/failed|unreadable/) })
  const copying = await converter({ program: program('cat "$last" "$last" > "$out"'), size: 10 })
  expect((await copying.convert(document('12345'))).byteLength).toBe(10)
  await expect(copying.convert(document('123456'))).rejects.toMatchObject({ why: 'too-large' })
  await expect(copying.convert(document('12345678901'))).rejects.toMatchObject({ why: 'too-large' })
})

test('documents wait in turn, are told their place, and may leave', async () => {
  const gate = join(newFolder(), 'gate')
  const { convert } = await converter({
    program: program(`until [ -e ${gate} ]; do sleep 0.02; done; cp "$last" "$out"`),
    waiting: 2,
  })
  const places: number[] = []
  const leaving = new AbortController()
  const first = convert(document('first'))
  const second = convert({ ...document('second'), signal: leaving.signal })
  const third = convert({ ...document('third'), onPlace: (before) => places.push(before) })
  await expect(convert(document('fourth'))).rejects.toMatchObject({ why: 'busy' })
  leaving.abort()
  await expect(second).rejects.toMatchObject({ why: 'ended' })
  writeFileSync(gate, '')
  expect(Buffer.from(await first).toString()).toBe('first')
  expect(Buffer.from(await third).toString()).toBe('third')
  expect(places).toEqual([2, 1, 0])
})

test('closing ends what is under way, and leaves no document behind', async () => {
  const { convert, close, folder } = await converter({ program: program('sleep 1000') })
  const underWay = convert(document())
  const waiting = convert(document())
  await expect.poll(() => readdirSync(folder).length).toBe(1)
  await Promise.all([
    expect(underWay).rejects.toMatchObject({ why: 'ended' }),
    expect(waiting).rejects.toMatchObject({ why: 'ended' }),
    close(),
  ])
  expect(readdirSync(folder)).toEqual([])
})

test('what an earlier run has left behind is gone at the start', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'left.doc'), 'secret')
  const made = await libreOffice({ program: '/bin/true', folder })
  onTestFinished(() => made.close())
  expect(readdirSync(folder)).toEqual([])
})

/** One that has ended and that nobody has asked for yet is no longer running. */
const isRunning = (pid: number): boolean =>
  /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim())

const wordNs = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const drawingNs = 'http://schemas.openxmlformats.org/drawingml/2006'
const relNs = 'http://schemas.openxmlformats.org/package/2006/relationships'
const officeRel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A document whose picture lies at `url` rather than in it. */
const docxWithLinkedPicture = (url: string) => ({
  '[Content_Types].xml': strToU8(
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
  ),
  '_rels/.rels': strToU8(
    `<Relationships xmlns="${relNs}"><Relationship Id="r1" Type="${officeRel}/officeDocument" Target="word/document.xml"/></Relationships>`,
  ),
  'word/_rels/document.xml.rels': strToU8(
    `<Relationships xmlns="${relNs}"><Relationship Id="p1" Type="${officeRel}/image" Target="${url}" TargetMode="External"/></Relationships>`,
  ),
  'word/document.xml': strToU8(
    `<w:document xmlns:w="${wordNs}" xmlns:r="${officeRel}" xmlns:wp="${drawingNs}/wordprocessingDrawing" xmlns:a="${drawingNs}/main" xmlns:pic="${drawingNs}/picture"><w:body><w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="p"/><a:graphic><a:graphicData uri="${drawingNs}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="p1"/></pic:blipFill><pic:spPr><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:body></w:document>`,
  ),
})
