import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'
import { sentencesDe } from '../src/strings/sentences.de.ts'
import { translated } from '../src/strings/sentences.ts'
import { sentencesZh } from '../src/strings/sentences.zh.ts'

const source = join(import.meta.dirname, '../src')

/** Strings of the program that are sentences, with “x” where something is put in. */
function sentencesIn(folder: string): readonly string[] {
  const files = readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith('.ts'),
  )
  return files.flatMap((file) => {
    const { program } = parseSync(file, readFileSync(join(source, folder, file), 'utf8'))
    return [...textsIn(program)].filter((text) => /^[A-Z].* .*\.$/s.test(text))
  })
}

function* textsIn(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return
  if ('type' in node && node.type === 'Literal' && 'value' in node && typeof node.value === 'string') yield node.value
  if ('type' in node && node.type === 'TemplateLiteral' && 'quasis' in node && Array.isArray(node.quasis)) {
    yield node.quasis.map(({ value }) => value.cooked).join('x')
  }
  for (const value of Object.values(node)) yield* textsIn(value)
}

test.each([
  ['German', sentencesDe],
  ['Chinese', sentencesZh],
])('whatever a document is refused with is said in %s', (_, sentences) => {
  const said = [...sentencesIn('documents'), ...sentencesIn('editing')]
  expect(said.length).toBeGreaterThan(30)
  expect(said.filter((english) => translated(english, sentences) === undefined)).toEqual([])
})

test('both languages know the same sentences', () => {
  expect(Object.keys(sentencesZh)).toEqual(Object.keys(sentencesDe))
})

test('names are carried over, and several sentences are said one after the other', () => {
  expect(translated('Saving this would change “ppt/x.xml”, which was not edited.', sentencesDe)).toContain(
    '„ppt/x.xml“',
  )
  expect(
    translated(
      'This workbook is not saved, because more of “Costs” would change. Download your changes to keep them.',
      sentencesDe,
    ),
  ).toContain('(“Costs”)')
  const both =
    'This workbook counts days from 1904, as old Macs did it. Dates typed here would be four years off. This workbook is too large to be changed here. Of “A” not all rows are shown.'
  expect(translated(both, sentencesZh)).toMatch(/1904.*“A”未显示所有行/)
  expect(translated('Nobody has ever said this.', sentencesDe)).toBeUndefined()
})
