import type { Sought } from '../../find-bar.ts'

const syntax = /[\\^$.*+?()[\]{}|/]/g

/** What is looked for, as a pattern; for a whole cell, one that nothing may stand around. */
export function patternOf({ text, isCaseSensitive, isWhole }: Sought): RegExp {
  const plain = text.replace(syntax, '\\$&')
  return new RegExp(isWhole ? `^${plain}$` : plain, isCaseSensitive ? 'gu' : 'giu')
}

/** Whether a text matches; the pattern begins anew each time. */
export function isFound(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0
  return pattern.test(text)
}

/** What a person would have to type to get a text: a number where it reads exactly as that number does. */
export function typedValue(text: string): string | number | null {
  if (text === '') return null
  const number = Number(text)
  return Number.isFinite(number) && String(number) === text ? number : text
}
