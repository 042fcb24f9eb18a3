import type { Block, ParagraphBlock, Piece } from '../../../../../src/documents/odt/odt-looks.ts'
import { readOdt } from '../../../../../src/documents/odt/open-odt.ts'
import { element } from '../../../element.ts'
import { mediaOf } from '../media.ts'
import type { LayoutSource, OutlineLayout } from '../outline-layout.ts'
import type { ParagraphField } from '../paragraph-field.ts'
import { drawBlocks } from './draw-blocks.ts'
import { drawPiece, textOfPiece } from './draw-piece.ts'
import '../../word/fonts.ts'
import './pages.css'

/** An OpenDocument text as it looks: its paragraphs are edited where they stand. */
export function textLayout({ opened, fileName, texts, field }: LayoutSource): OutlineLayout {
  const [section] = opened.outline.sections
  const media = mediaOf(opened.pkg)
  const fields = new Map<string, ParagraphField>()
  let pieces: ReadonlyMap<string, readonly Piece[]> = new Map()

  function read() {
    const { source, paragraphs } = opened.section(section?.id ?? '', texts())
    const pages = readOdt(opened.pkg, source)
    const found = [...paragraphsIn(pages.blocks)].flatMap((block): [string, ParagraphBlock][] => {
      const id = paragraphs.get(block.start)
      return id === undefined ? [] : [[id, block]]
    })
    pieces = new Map(found.map(([id, block]) => [id, block.pieces]))
    return { ...pages, ids: new Map(found.map(([id, { start }]) => [start, id])) }
  }

  /** What is typed looks like what it follows, until the document has been read with it. */
  const nodesOf = (id: string) => (text: string) => {
    const known = pieces.get(id) ?? []
    const isCurrent = known.map(textOfPiece).join('') === text
    return isCurrent ? known.map((piece) => drawPiece(piece, media)) : undefined
  }

  const make = (id: string): HTMLElement | undefined => {
    const made = field(id, { nodes: nodesOf(id) })
    if (made) fields.set(id, made)
    return made?.element
  }

  const first = read()
  const paragraph = ({ start, looks }: ParagraphBlock): HTMLElement => {
    const shown = make(first.ids.get(start) ?? '') ?? element('div', { class: 'paragraph' })
    Object.assign(shown.style, looks)
    return shown
  }
  const page = element('section', { class: 'odt-page', 'aria-label': fileName }, ...drawBlocks(first.blocks, paragraph))
  page.style.setProperty('--page-width', first.page.width)
  Object.assign(page.style, first.page.margins)
  // What stands where this reading does not look can be edited all the same.
  const others = (section?.paragraphs ?? []).filter(({ id }) => !fields.has(id)).flatMap(({ id }) => make(id) ?? [])
  page.append(...others)

  return {
    elements: [page],
    fields: [...page.querySelectorAll<HTMLElement>('[data-id]')].flatMap(
      (one) => fields.get(one.dataset['id'] ?? '') ?? [],
    ),
    changed(paragraphs) {
      read()
      for (const id of paragraphs) fields.get(id)?.drawAgain()
    },
    entered: () => {},
    printed: () => page.cloneNode(true),
    end: media.release,
  }
}

function* paragraphsIn(blocks: readonly Block[]): Generator<ParagraphBlock> {
  for (const block of blocks) {
    if (block.is === 'paragraph') yield block
    else if (block.is === 'box') yield* paragraphsIn(block.blocks)
    else if (block.is === 'list') for (const item of block.items) yield* paragraphsIn(item.blocks)
    else for (const cell of block.rows.flat()) yield* paragraphsIn(cell.blocks)
  }
}
