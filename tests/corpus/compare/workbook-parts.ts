import { type Parts, textOfPart } from './parts.ts'
import { attributeIn, isTag, localNameOf, tokensOf, unescapeXml } from './tokens.ts'

export interface SheetPart {
  readonly name: string
  readonly part: string
  readonly isHidden: boolean
}

/** The sheets of a workbook in their order, by its own relationships. */
export function sheetParts(parts: Parts): readonly SheetPart[] {
  const book = workbookPart(parts)
  const folder = book.replace(/[^/]*$/, '')
  const targets = relationships(parts, `${folder}_rels/${book.slice(folder.length)}.rels`)
  return tokensOf(textOfPart(parts, book)).flatMap((tag) => {
    if (!isTag(tag) || localNameOf(tag) !== 'sheet' || tag.startsWith('</')) return []
    const id = tag.match(/\s[\w.-]+:id\s*=\s*["']([^"']*)["']/)?.[1] ?? ''
    const target = targets.get(id) ?? ''
    const part = target.startsWith('/') ? target.slice(1) : resolve(folder + target)
    const isHidden = /^(hidden|veryHidden)$/.test(attributeIn(tag, 'state') ?? '')
    return [{ name: unescapeXml(attributeIn(tag, 'name') ?? ''), part, isHidden }]
  })
}

/** The part of the workbook itself. */
export const workbookPart = (parts: Parts): string =>
  [...relationships(parts, '_rels/.rels', /\/officeDocument$/).values()][0]?.replace(/^\//, '') ?? 'xl/workbook.xml'

function relationships(parts: Parts, name: string, type = /./): ReadonlyMap<string, string> {
  const tags = tokensOf(textOfPart(parts, name)).filter(
    (tag) => isTag(tag) && localNameOf(tag) === 'Relationship' && !tag.startsWith('</'),
  )
  return new Map(
    tags
      .filter((tag) => type.test(attributeIn(tag, 'Type') ?? ''))
      .map((tag) => [attributeIn(tag, 'Id') ?? '', unescapeXml(attributeIn(tag, 'Target') ?? '')]),
  )
}

/** A path without `.` and `..`. */
function resolve(path: string): string {
  const steps: string[] = []
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  }
  return steps.join('/')
}
