import type { ICellData } from '@univerjs/core'
import type { DocumentSearch, Found, Sought } from '../../find-bar.ts'
import { isFound, patternOf, typedValue } from './cell-search.ts'
import { gridValue } from './grid-cells.ts'
import { type GridPlace, isSamePlace } from './grid-place.ts'

/** What a search needs of a grid. */
export interface SearchedGrid {
  /** The cells that hold something, sheet by sheet, row by row. */
  cells(): Iterable<SearchedCell>
  current(): GridPlace
  select(place: GridPlace): void
  mayChange(place: GridPlace): boolean
  /** Puts cells into one sheet, as one step that can be undone. */
  write(sheet: number, cells: ReadonlyMap<GridPlace, ICellData>): void
}

export interface SearchedCell {
  readonly place: GridPlace
  /** As one would type it: a formula with its equals sign. */
  readonly written: string
  /** As it is seen. */
  readonly shown: () => string
}

/** Finds and replaces in the cells of a grid. */
export function gridSearch(grid: SearchedGrid): DocumentSearch {
  const matchesOf = (sought: Sought): readonly SearchedCell[] => {
    if (sought.text === '') return []
    const pattern = patternOf(sought)
    const isMatch = ({ written, shown }: SearchedCell) => isFound(pattern, written) || isFound(pattern, shown())
    return [...grid.cells()].filter(isMatch)
  }
  const show = (matches: readonly SearchedCell[], index: number): Found => {
    const match = matches.at(index)
    if (!match) return { at: 0, of: matches.length }
    grid.select(match.place)
    return { at: matches.indexOf(match) + 1, of: matches.length }
  }
  const replaceIn = (matches: readonly SearchedCell[], sought: Sought, text: string): number => {
    const pattern = patternOf(sought)
    const open = matches.filter(({ written, place }) => isFound(pattern, written) && grid.mayChange(place))
    const sheets = new Map<number, Map<GridPlace, ICellData>>()
    for (const { place, written } of open) {
      pattern.lastIndex = 0
      const cells = sheets.get(place.sheet) ?? new Map<GridPlace, ICellData>()
      sheets.set(
        place.sheet,
        cells.set(
          place,
          contentOf(
            written.replace(pattern, () => text),
            written,
          ),
        ),
      )
    }
    for (const [sheet, cells] of sheets) grid.write(sheet, cells)
    return open.length
  }
  const search: DocumentSearch = {
    look(sought) {
      const matches = matchesOf(sought)
      const here = grid.current()
      return show(
        matches,
        Math.max(
          0,
          matches.findIndex(({ place }) => compare(place, here) >= 0),
        ),
      )
    },
    step(sought, by) {
      const matches = matchesOf(sought)
      const here = grid.current()
      const next = matches.findIndex(({ place }) => compare(place, here) > 0)
      const index = by > 0 ? Math.max(0, next) : matches.findLastIndex(({ place }) => compare(place, here) < 0)
      return show(matches, index)
    },
    replace(sought, text) {
      const here = grid.current()
      const selected = matchesOf(sought).filter(({ place }) => isSamePlace(place, here))
      replaceIn(selected, sought, text)
      return search.step(sought, 1)
    },
    replaceAll: (sought, text) => replaceIn(matchesOf(sought), sought, text),
  }
  return search
}

/** In the order in which sheets are read. */
const compare = (one: GridPlace, other: GridPlace): number =>
  one.sheet - other.sheet || one.row - other.row || one.column - other.column

/** Only what is a formula stays one: a text does not become one because something in it was replaced. */
function contentOf(text: string, before: string): ICellData {
  const isFormula = before.startsWith('=') && before.length > 1 && text.startsWith('=') && text.length > 1
  return isFormula ? { f: text, v: null, p: null } : { ...gridValue(typedValue(text)), f: null, si: null, p: null }
}
