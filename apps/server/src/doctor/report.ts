import { columns, printable, wrapped } from '../cli/text.ts'
import type { Finding } from './finding.ts'

const words: { readonly [R in Finding['result']]: string } = {
  ok: 'ok',
  warning: 'warning',
  problem: 'PROBLEM',
  untested: 'untested',
}
const widestAbout = 14

/** One finding as it is printed. `width`: of the terminal; without one, all of it stands in one line. */
export function findingText({ about, result, says }: Finding, width?: number): string {
  const head = columns([[`  ${words[result].padEnd(8)}`, printable(about).padEnd(widestAbout), '']]).padEnd(
    widestAbout + 14,
  )
  const text = printable(says)
  if (width === undefined) return `${head}${text}\n`
  const lines = wrapped(text.split(' '), Math.max(30, width - head.length))
  return `${head}${lines.join(`\n${' '.repeat(head.length)}`)}\n`
}

/** What comes after all findings. */
export function summaryText(findings: readonly Finding[]): string {
  const count = (result: Finding['result']) => findings.filter((finding) => finding.result === result).length
  const problems = count('problem')
  const warnings = count('warning')
  if (problems + warnings === 0) return 'Everything that was looked at is well.'
  const named = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`
  return `${named(problems, 'problem')}, ${named(warnings, 'warning')}; ${count('ok')} other things are well.`
}
