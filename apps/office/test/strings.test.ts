import { expect, test } from 'vitest'
import { de } from '../src/strings/de.ts'
import { en } from '../src/strings/en.ts'
import { stringsFor } from '../src/strings/index.ts'
import { zh } from '../src/strings/zh.ts'

/** Every entry of a language by its path, and what kind it is. */
function entriesOf(value: object, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, entry] of Object.entries(value)) {
    const at = path === '' ? key : `${path} > ${key}`
    if (typeof entry !== 'object') found.set(at, typeof entry)
    else for (const [inner, kind] of entriesOf(entry, at)) found.set(inner, kind)
  }
  return found
}

test('each language says everything that English says, and nothing else', () => {
  const own = entriesOf(en)
  const report = Object.entries({ de, zh }).map(([name, language]) => {
    const said = entriesOf(language)
    const missing = [...own].filter(([key, kind]) => said.get(key) !== kind).map(([key]) => key)
    const superfluous = [...said.keys()].filter((key) => !own.has(key))
    return { name, missing, superfluous }
  })
  expect(report).toEqual(['de', 'zh'].map((name) => ({ name, missing: [], superfluous: [] })))
})

test.each([
  ['de-AT', 'de'],
  ['zh', 'zh-Hans'],
  ['zh-CN', 'zh-Hans'],
  ['zh-Hans-HK', 'zh-Hans'],
  ['ZH-cn', 'zh-Hans'],
  ['zh-TW', 'en'],
  ['fr-FR', 'en'],
  ['', 'en'],
])('a host that asks for %j gets %s', (tag, language) => {
  expect(stringsFor([tag]).language).toBe(language)
})

test('of the languages of a browser, the first that is spoken here is taken', () => {
  expect(stringsFor(['fr', 'zh-TW', 'de', 'en']).language).toBe('de')
})
