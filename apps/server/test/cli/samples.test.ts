import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../../../../samples', import.meta.url))

/** What a file with such a name holds near its start. */
const signatures: Readonly<Record<string, string>> = {
  '.docx': '[Content_Types].xml',
  '.xlsx': '[Content_Types].xml',
  '.pptx': '[Content_Types].xml',
  '.odt': 'mimetypeapplication/vnd.oasis.opendocument.text',
  '.pdf': '%PDF-',
  '.png': '\u0089PNG\r\n',
}
const text = ['.txt', '.md', '.csv', '.json', '.ts', '.py']

test('The samples hold every kind of document, small, and each is what its name says', async () => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  expect(new Set(paths.map((path) => extname(path)))).toEqual(new Set([...Object.keys(signatures), ...text]))
  let size = 0
  for (const path of paths) {
    const bytes = await readFile(path)
    size += bytes.byteLength
    expect(bytes.subarray(0, 100).toString('latin1'), path).toContain(signatures[extname(path)] ?? '')
    if (text.includes(extname(path)))
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).not.toThrow()
  }
  expect(size).toBeLessThan(200_000)
})
