/** What an editor notes of a document for itself, or works out from the rest of it. */
const noise =
  /^(_.*|paraId|textId|rId|id|revisionId|bookmarks|bookmarkId|spacingExplicit|renderedPageBreakBefore|defaultTextFormatting|list[A-Z]\w*)$/
/** What paragraphs have from their style or their list, and text from its font, where they have none of their own. */
const inherited =
  /\/attrs\/(indent\w*|hangingIndent|space(Before|After)\w*|lineSpacing\w*|contextualSpacing|keep\w+|outlineLevel|tabs|numPrFromStyle)$|\/marks\/\d+\/attrs\/(sizeCs|(ascii|hAnsi|eastAsia|cs)(Theme)?)$/
/** The kinds of marks that the style of a paragraph may bring, by what the editor calls them there. */
const styled: Readonly<Record<string, readonly string[]>> = {
  textColor: ['color'],
  bold: ['bold'],
  italic: ['italic'],
  underline: ['underline'],
  strike: ['strike', 'doubleStrike'],
  highlight: ['highlight'],
  allCaps: ['allCaps'],
  smallCaps: ['smallCaps'],
  superscript: ['vertAlign'],
  subscript: ['vertAlign'],
  characterSpacing: ['spacing', 'position', 'scale', 'kerning'],
  emboss: ['emboss'],
  imprint: ['imprint'],
  textShadow: ['shadow'],
  textOutline: ['outline'],
  textEffect: ['effect'],
  emphasisMark: ['emphasisMark'],
  hidden: ['hidden'],
  rtl: ['rtl'],
}

/**
 * Where a document of the editor differs from what it would read again. Names and notes of the editor count for nothing,
 * nor does what is read from a style: the editor writes it out for what it has read, and not for what was typed.
 * `style`: what the style of the paragraph around brings.
 */
export function* documentDifferences(
  shown: unknown,
  read: unknown,
  { path = '', style = {} }: { path?: string; style?: object } = {},
): Generator<string> {
  if (shown === read || (isEmpty(shown) && isEmpty(read))) return
  if ((isEmpty(shown) || shown === false) && inherited.test(path)) return
  if (!isRecord(shown) || !isRecord(read)) {
    yield path
    return
  }
  if (isPageBreak(shown, read)) return
  const around = styleOf(read) ?? style
  for (const key of new Set([...Object.keys(shown), ...Object.keys(read)])) {
    if (noise.test(key)) continue
    const inside = { path: `${path}/${key}`, style: around }
    if (key === 'marks') yield* markDifferences(listOf(shown[key]), listOf(read[key]), inside)
    else yield* documentDifferences(shown[key], read[key], inside)
  }
}

function markDifferences(
  shown: readonly unknown[],
  read: readonly unknown[],
  inside: { path: string; style: object },
): Generator<string> {
  const [own, others] = [shown, read].map((marks) => marks.filter((mark) => !saysNothing(mark)))
  const types = new Set(own?.map(typeOf))
  const isStyled = (type: string) =>
    type === 'fontFamily' || type === 'fontSize' || styled[type]?.some((name) => name in inside.style) === true
  const known = others?.filter((mark) => types.has(typeOf(mark)) || !isStyled(typeOf(mark)))
  return documentDifferences({ ...inOrder(own) }, { ...inOrder(known) }, inside)
}

/** A page break that was put in is read again as an empty paragraph on a new page. */
function isPageBreak(shown: Record<string, unknown>, read: Record<string, unknown>): boolean {
  const attributes = read['attrs']
  const startsPage = isRecord(attributes) && attributes['pageBreakBefore'] === true
  return shown['type'] === 'pageBreak' && read['type'] === 'paragraph' && startsPage && isEmpty(read['content'])
}

function styleOf({ attrs }: Record<string, unknown>): object | undefined {
  const formatting = isRecord(attrs) ? attrs['defaultTextFormatting'] : undefined
  return isRecord(formatting) ? formatting : undefined
}

/** The first of them. `undefined`: both show the same. */
export const documentDifference = (shown: unknown, read: unknown): string | undefined =>
  documentDifferences(shown, read).next().value ?? undefined

const isEmpty = (value: unknown): boolean => value === undefined || value === null
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const inOrder = (marks: readonly unknown[] = []): readonly unknown[] =>
  [...marks].sort((one, other) => typeOf(one).localeCompare(typeOf(other)))
/** The usual colour is as good as none. */
const saysNothing = (mark: unknown): boolean =>
  isRecord(mark) &&
  mark['type'] === 'textColor' &&
  isRecord(mark['attrs']) &&
  Object.values(mark['attrs']).every(isEmpty)
const typeOf = (mark: unknown): string => (isRecord(mark) ? String(mark['type']) : '')
