import { type ICellData, type IStyleData, WrapStrategy } from '@univerjs/core'

/** What a style says that a file can say too. */
const kept = ['ff', 'fs', 'bl', 'it', 'ul', 'st', 'cl', 'bg', 'bd', 'ht', 'vt', 'tb', 'tr', 'n'] as const
const keptSides = ['l', 'r', 't', 'b'] as const

/** Leaves of a cell's style what can be kept: what is pasted from elsewhere says more. */
export function keptStyle(cell: ICellData): void {
  if (typeof cell.s !== 'object' || cell.s === null) return
  const style = pick(cell.s, kept)
  if (style.bd) style.bd = pick(style.bd, keptSides)
  if (style.tb === WrapStrategy.CLIP) style.tb = WrapStrategy.OVERFLOW
  cell.s = style
}

/** Leaves of a cell's style how numbers are shown: the rest would be gone when the file is opened again. */
export function onlyNumberFormat(cell: ICellData): void {
  const pattern = typeof cell.s === 'object' ? cell.s?.n?.pattern : undefined
  if (pattern === undefined) delete cell.s
  else cell.s = { n: { pattern } }
}

const pick = <T extends object, K extends keyof T>(given: T, keys: readonly K[]): T =>
  Object.fromEntries(keys.flatMap((key) => (key in given ? [[key, given[key]]] : []))) as T

/** Whether a change of a cell is one of what it holds, or of how numbers are shown in it. */
export function isOfContent(cell: ICellData | null): boolean {
  if (!cell || 'v' in cell || 'f' in cell || 'p' in cell || 'si' in cell) return true
  const style: ICellData['s'] | IStyleData = cell.s
  return typeof style === 'string' || (typeof style === 'object' && style !== null && 'n' in style)
}
