/** The languages whose characters differ enough to want fonts of their own. */
export type EastAsian = 'sc' | 'tc' | 'jp' | 'kr'

const any = /[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\ud840-\ud888]/
const kana = /[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d]/
const hangul = /[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff]/
const han = /[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\ud840-\ud888]/
/** Common characters that are written so in the traditional way only. */
const traditional =
  /[們這個來對說國會後時發學為過無還經點實現體關開問題當動種應從書長門車東見電話語讀寫應與號頁資訊設檔]/
const simplified = /[们这个来对说国会后时发学为过无还经点实现体关开问题当动种应从书长门车东见电话语读写与号页资讯设档]/

/** Whether the text holds characters of East Asia. */
export const isEastAsian = (text: string): boolean => any.test(text)

/** Whether the text holds Korean letters, which fonts for the other languages lack. */
export const isKorean = (text: string): boolean => hangul.test(text)

/** Whose shapes the characters of a text want; `tag`: a language tag, where one is known. `undefined`: it does not matter. */
export function eastAsianOf(text: string, tag = ''): EastAsian | undefined {
  if (!any.test(text)) return undefined
  const letters = [count(text, kana), count(text, hangul)] as const
  // A Chinese text may quote a word of another language.
  if (Math.max(...letters) * 6 > count(text, han)) return letters[0] >= letters[1] ? 'jp' : 'kr'
  if (/^ja\b/i.test(tag)) return 'jp'
  if (/^ko\b/i.test(tag)) return 'kr'
  if (/^zh-(hant|tw|hk|mo)\b/i.test(tag)) return 'tc'
  if (!han.test(text)) return 'sc'
  return count(text, traditional) > count(text, simplified) ? 'tc' : 'sc'
}

const count = (text: string, among: RegExp): number => text.match(new RegExp(among, 'g'))?.length ?? 0
