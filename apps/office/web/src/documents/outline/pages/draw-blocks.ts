import type { Block, ListBlock, ParagraphBlock, TableBlock } from '../../../../../src/documents/odt/odt-looks.ts'
import { element } from '../../../element.ts'

/** Makes the element of a paragraph. */
export type DrawParagraph = (paragraph: ParagraphBlock) => HTMLElement

/** The blocks of a text, one below the other. */
export const drawBlocks = (blocks: readonly Block[], paragraph: DrawParagraph): readonly HTMLElement[] =>
  blocks.map((block) => drawBlock(block, paragraph))

function drawBlock(block: Block, paragraph: DrawParagraph): HTMLElement {
  if (block.is === 'paragraph') return paragraph(block)
  if (block.is === 'list') return drawList(block, paragraph)
  if (block.is === 'table') return drawTable(block, paragraph)
  return element('div', { class: 'odt-box' }, ...drawBlocks(block.blocks, paragraph))
}

const drawList = ({ items }: ListBlock, paragraph: DrawParagraph): HTMLElement =>
  element(
    'div',
    { class: 'odt-list', role: 'list' },
    ...items.map(({ sign, blocks }) =>
      element(
        'div',
        { class: 'odt-item', role: 'listitem' },
        signed(sign, blocks),
        element('div', {}, ...drawBlocks(blocks, paragraph)),
      ),
    ),
  )

/** The sign of an item looks like the text that it stands before. */
function signed(sign: string, [first]: readonly Block[]): HTMLElement {
  const shown = element('span', { class: 'odt-sign', 'aria-hidden': 'true' }, sign)
  const looks = first?.is === 'paragraph' ? first.looks : {}
  for (const name of ['fontFamily', 'fontSize', 'color', 'marginTop', 'lineHeight'] as const) {
    if (looks[name] !== undefined) shown.style[name] = looks[name]
  }
  return shown
}

function drawTable({ columns, rows }: TableBlock, paragraph: DrawParagraph): HTMLElement {
  const sizes = columns.map((looks) => {
    const column = element('col')
    Object.assign(column.style, looks)
    return column
  })
  const shown = rows.map((cells) =>
    element(
      'tr',
      {},
      ...cells.map(({ across, down, looks, blocks }) => {
        const cell = element('td', { colspan: String(across), rowspan: String(down) }, ...drawBlocks(blocks, paragraph))
        Object.assign(cell.style, looks)
        return cell
      }),
    ),
  )
  return element('table', { class: 'odt-table' }, element('colgroup', {}, ...sizes), element('tbody', {}, ...shown))
}
