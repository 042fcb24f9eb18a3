import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPackage } from '../../src/documents/package/package.ts'
import { decodeXml } from '../../src/documents/package/xml/xml-text.ts'
import type { WordPage } from './cursor.ts'

/** The Word document among the samples. */
export const letter = readFileSync(new URL('../../../../samples/Welcome letter.docx', import.meta.url))

/** The source of a part of a package. */
export const partOf = (bytes: Uint8Array, name = 'word/document.xml'): string =>
  decodeXml(openPackage(bytes).read(name)).text

/** Waits until the document can be written in. */
export const editing = ({ office }: Pick<WordPage, 'office'>) =>
  office.locator('.word[aria-busy=false] [data-testid=formatting-bar]').first().waitFor()

/** The text of a document, as LibreOffice reads it. `undefined`: it is not installed here. */
export function textByLibreOffice(bytes: Uint8Array): string | undefined {
  if (!existsSync('/usr/bin/soffice')) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'word-'))
  try {
    writeFileSync(join(folder, 'document.docx'), bytes)
    const profile = `-env:UserInstallation=file://${folder}/profile`
    execFileSync(
      'soffice',
      [
        profile,
        '--headless',
        '--convert-to',
        'txt:Text (encoded):UTF8',
        '--outdir',
        folder,
        join(folder, 'document.docx'),
      ],
      { stdio: 'ignore' },
    )
    return readFileSync(join(folder, 'document.txt'), 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
