import { expect, test } from 'vitest'
import { eastAsianOf, isEastAsian, isKorean } from '../../web/src/fonts/east-asian-script.ts'
import { within } from '../../web/src/fonts/ranges-within.ts'

test.each([
  ['Grüße, Ωmega и привет 😀', undefined],
  ['我们的花园俱乐部', 'sc'],
  ['我們的花園俱樂部', 'tc'],
  ['庭園クラブの会議', 'jp'],
  ['정원 클럽 회의록', 'kr'],
  ['全角ＡＢＣ', 'sc'],
  ['，。', 'sc'],
] as const)('the characters of “%s” are drawn as in %s', (text, language) => {
  expect(eastAsianOf(text)).toBe(language)
  expect(isEastAsian(text)).toBe(language !== undefined)
})

test('what a document says of its language settles what its characters leave open', () => {
  expect(eastAsianOf('一二三', 'zh-TW')).toBe('tc')
  expect(eastAsianOf('一二三', 'ja-JP')).toBe('jp')
  expect(eastAsianOf('一二三', 'ko')).toBe('kr')
  expect(eastAsianOf('一二三', 'en-US')).toBe('sc')
})

test('of the ranges of a font those are taken that are asked for', () => {
  expect(within('U+4e00-9fff, U+ac01, U+ac10-ac20, U+20', [[0xac00, 0xd7ff]])).toBe('U+ac01, U+ac10-ac20')
  expect(within('u+4e00', [[0xac00, 0xd7ff]])).toBe('')
  expect([isKorean('회'), isKorean('会')]).toEqual([true, false])
})
