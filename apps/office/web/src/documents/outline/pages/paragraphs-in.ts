import type { Block, ParagraphBlock } from '../../../../../src/documents/odt/odt-looks.ts'

/** The paragraphs of a text, also those in its boxes, lists and tables. */
export function* paragraphsIn(blocks: readonly Block[]): Generator<ParagraphBlock> {
  for (const block of blocks) {
    if (block.is === 'paragraph') yield block
    else if (block.is === 'box') yield* paragraphsIn(block.blocks)
    else if (block.is === 'list') for (const item of block.items) yield* paragraphsIn(item.blocks)
    else for (const cell of block.rows.flat()) yield* paragraphsIn(cell.blocks)
  }
}
