/** The number of an item as a presentation writes it: `arabicPeriod` is `1.`, `alphaLcParenR` is `a)`. */
export function numberSign(kind: string, number: number): string {
  const sign = spelt(kind, number)
  if (kind.endsWith('ParenBoth')) return `(${sign})`
  if (kind.endsWith('ParenR')) return `${sign})`
  return kind.endsWith('Plain') ? sign : `${sign}.`
}

function spelt(kind: string, number: number): string {
  if (kind.startsWith('alphaLc')) return letters(number)
  if (kind.startsWith('alphaUc')) return letters(number).toUpperCase()
  if (kind.startsWith('romanLc')) return roman(number).toLowerCase()
  return kind.startsWith('romanUc') ? roman(number) : String(number)
}

const letters = (number: number): string =>
  String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.min(8, Math.floor((number - 1) / 26) + 1))

const values: readonly (readonly [string, number])[] = [
  ['M', 1000],
  ['CM', 900],
  ['D', 500],
  ['CD', 400],
  ['C', 100],
  ['XC', 90],
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
]

function roman(number: number): string {
  let [left, made] = [Math.min(number, 3999), '']
  for (const [sign, value] of values) {
    while (left >= value) {
      made += sign
      left -= value
    }
  }
  return made
}
