import { shiftFormula } from '../formula/shift.ts'
import type { CellMark, SheetMarks } from '../read/sheet-marks.ts'
import { type Area, areaName, around, placeName } from '../reference.ts'
import { plainAttribute } from '../xml/attributes.ts'
import { escapeXml, textBetween } from '../xml/text.ts'
import { writeFormula } from './write-cell.ts'

/**
 * Cells that share a formula refer to the first one of them. Where that one gets another content, the next takes its
 * place. What is returned are the elements `f` that must be written, by the names of their cells.
 */
export function regroup({ rows, xml }: SheetMarks, isReplaced: (name: string) => boolean): ReadonlyMap<string, string> {
  const written = new Map<string, string>()
  for (const group of groupsOf(rows.flatMap(({ cells }) => cells))) {
    const [master, ...others] = group
    if (!master || !isReplaced(placeName(master.place))) continue
    const members = others.filter(({ place }) => !isReplaced(placeName(place)))
    for (const [name, formula] of withoutMaster({ xml, master, members })) written.set(name, formula)
  }
  return written
}

/** Cells with the same shared formula; the first of each is the one that spells it. */
function groupsOf(cells: readonly CellMark[]): readonly (readonly CellMark[])[] {
  const groups: CellMark[][] = []
  const current = new Map<string, CellMark[]>()
  for (const cell of cells) {
    if (!cell.formula || plainAttribute(cell.formula.tag, 't') !== 'shared') continue
    const index = plainAttribute(cell.formula.tag, 'si') ?? ''
    const { from, to } = cell.formula.text
    // Files may use a number again once its first group is over.
    const group = from < to ? undefined : current.get(index)
    if (group) group.push(cell)
    else {
      groups.push([cell])
      current.set(index, groups.at(-1) ?? [])
    }
  }
  return groups
}

interface Group {
  readonly xml: string
  readonly master: CellMark
  readonly members: readonly CellMark[]
}

function withoutMaster({ xml, master, members }: Group): readonly (readonly [string, string])[] {
  const [next] = members
  if (!next) return []
  const formulaOf = ({ place }: CellMark) =>
    shiftFormula(textOf(xml, master), place.row - master.place.row, place.column - master.place.column)
  const area = members.reduce<Area | undefined>((found, { place }) => around(found, place), undefined)
  const isCorner = area?.from.row === next.place.row && area.from.column === next.place.column
  if (isCorner && area) {
    const { prefix } = next.tag
    const si = (master.formula && plainAttribute(master.formula.tag, 'si')) ?? ''
    const start = `<${prefix}f t="shared" ref="${areaName(area)}" si="${escapeXml(si)}">`
    return [[placeName(next.place), `${start}${escapeXml(formulaOf(next))}</${prefix}f>`]]
  }
  return members.map((member) => [placeName(member.place), writeFormula(formulaOf(member), member.tag.prefix)])
}

const textOf = (xml: string, { formula }: CellMark): string =>
  formula ? textBetween(xml, formula.text.from, formula.text.to) : ''
