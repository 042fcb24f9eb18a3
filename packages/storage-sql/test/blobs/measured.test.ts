import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { verified } from '../../src/blobs/measured.ts'

async function* pieces(...texts: string[]) {
  for (const text of texts) yield new TextEncoder().encode(text)
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')

async function read(content: AsyncIterable<Uint8Array>, into: string[]): Promise<void> {
  for await (const piece of content) into.push(Buffer.from(piece).toString())
}

test('Content that is what was stored passes whole.', async () => {
  const passed: string[] = []
  await read(verified(pieces('one', ' ', 'two'), sha256('one two'), 'It'), passed)
  await read(verified(pieces(), sha256(''), 'It'), passed)
  expect(passed.join('')).toBe('one two')
})

test('Damaged content breaks off before its last piece, and says what it is.', async () => {
  const passed: string[] = []
  await expect(read(verified(pieces('one', ' ', 'twO'), sha256('one two'), 'Report.docx'), passed)).rejects.toThrow(
    'Report.docx is damaged',
  )
  expect(passed.join('')).toBe('one ')
})
