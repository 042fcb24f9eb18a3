import type { ParagraphBlock, Piece } from '../../../../../src/documents/odt/odt-looks.ts'
import { element } from '../../../element.ts'
import { pageMedia } from '../media.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import type { LayoutSource, OutlineLayout } from '../outline-layout.ts'
import type { ParagraphField } from '../paragraph-field.ts'
import { drawBlocks } from './draw-blocks.ts'
import { drawPiece, textOfPiece } from './draw-piece.ts'
import { paragraphsIn } from './paragraphs-in.ts'
import '../../word/fonts.ts'
import './pages.css'

/** An OpenDocument text as it looks: its paragraphs are edited where they stand. Throws `DocumentError`. */
export async function textLayout({ reader, fileName, texts, field }: LayoutSource): Promise<OutlineLayout> {
  const [section] = reader.outline.sections
  const media = pageMedia()
  const fields = new Map<string, ParagraphField>()
  let pieces: ReadonlyMap<string, readonly Piece[]> = new Map()

  async function read() {
    const { looks: pages, paragraphs, pictures } = await reader.pages(section?.id ?? '', texts())
    media.add(pictures)
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

  const first = await read()
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

  const behind = new Set<string>()
  let hasEnded = false
  const catchUp = oneAtATime(async () => {
    const paragraphs = [...behind]
    behind.clear()
    await read().catch((cause: unknown) => {
      // What is typed is seen all the same, only plain.
      if (!hasEnded) console.error(cause)
    })
    for (const id of hasEnded ? [] : paragraphs) fields.get(id)?.drawAgain()
  })

  return {
    elements: [page],
    fields: [...page.querySelectorAll<HTMLElement>('[data-id]')].flatMap(
      (one) => fields.get(one.dataset['id'] ?? '') ?? [],
    ),
    changed(paragraphs) {
      for (const id of paragraphs) behind.add(id)
      void catchUp()
    },
    entered: () => {},
    printed: () => page.cloneNode(true),
    end() {
      hasEnded = true
      media.release()
    },
  }
}
