import type { Workbook } from '../../../../src/documents/sheet/workbook.ts'

/** Fonts whose letters this client brings along. */
export const own = ['Arial', 'Calibri', 'Cambria', 'Courier New', 'Times New Roman']

const hasSerifs = (name: string): boolean => /times|cambria|georgia|garamond|roman|serif|song|mincho/i.test(name)

/** What the grid draws a font with: one that may not be here gives way to one of its kind. */
export const familiesOf = (name: string): string =>
  own.includes(name) ? name : `${name}, ${hasSerifs(name) ? 'serif' : 'sans-serif'}`

/** What can be chosen for cells: the fonts that are here, and those that the workbook names. */
export function fontList(workbook: Workbook) {
  const named = workbook.styles.flatMap(({ font: { name } }) => (name === undefined ? [] : [name]))
  return [...new Set([...own, ...named])]
    .sort((one, other) => one.localeCompare(other))
    .map((name) => ({
      value: familiesOf(name),
      label: name,
      category: hasSerifs(name) ? ('serif' as const) : ('sans-serif' as const),
    }))
}
