import { readArea } from '../reference.ts'
import type { CellLink } from '../workbook.ts'
import { attributesOf } from '../xml/attributes.ts'
import type { Relationship } from './relationships.ts'
import type { SheetMarks } from './sheet-marks.ts'

/** Where the cells of a sheet lead. */
export const readLinks = ({ tags }: SheetMarks, relationships: readonly Relationship[]): readonly CellLink[] =>
  tags.flatMap((tag): readonly CellLink[] => {
    if (tag.name !== 'hyperlink' || tag.is === 'close') return []
    const { ref = '', location, ...others } = attributesOf(tag)
    const id = Object.entries(others).find(([name]) => /(^|:)id$/.test(name))?.[1]
    const outside = relationships.find((one) => one.id === id && one.part === undefined)
    const area = readArea(ref)
    if (!area) return []
    if (outside) return [{ area, address: location === undefined ? outside.target : `${outside.target}#${location}` }]
    return location === undefined ? [] : [{ area, location }]
  })
