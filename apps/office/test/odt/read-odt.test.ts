import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Block, Piece } from '../../src/documents/odt/odt-looks.ts'
import { readOdt } from '../../src/documents/odt/open-odt.ts'
import { anchor } from '../../src/documents/outline/outline.ts'
import { openOutline } from '../../src/documents/outline/outline-document.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { textDocument } from './text-document.ts'

const sample = readFileSync(join(import.meta.dirname, '../../../../samples/Garden club minutes.odt'))

function read(bytes: Uint8Array) {
  const { section, outline } = openOutline(bytes, 'odt')
  const shown = section('content.xml', new Map())
  return { ...readOdt(openPackage(bytes), shown.source), ids: shown.paragraphs, outline }
}

function* paragraphsIn(blocks: readonly Block[]): Generator<Extract<Block, { is: 'paragraph' }>> {
  for (const block of blocks) {
    if (block.is === 'paragraph') yield block
    else if (block.is === 'box') yield* paragraphsIn(block.blocks)
    else if (block.is === 'list') for (const { blocks: inner } of block.items) yield* paragraphsIn(inner)
    else for (const cell of block.rows.flat()) yield* paragraphsIn(cell.blocks)
  }
}
const textOf = (pieces: readonly Piece[]) => pieces.map((piece) => (piece.is === 'text' ? piece.text : anchor)).join('')

/** Each paragraph that people edit is found, and its pieces say exactly what they edit of it. */
function agrees(bytes: Uint8Array): void {
  const { blocks, ids, outline } = read(bytes)
  const seen = [...paragraphsIn(blocks)].map(({ start, pieces }) => [ids.get(start), textOf(pieces)])
  const edited = outline.sections.flatMap(({ paragraphs }) => paragraphs.map(({ id, text }) => [id, text]))
  expect(new Map(seen as [string, string][])).toEqual(new Map(edited as [string, string][]))
}

test('a real text is read as it looks: headings, lists, and runs within paragraphs', () => {
  agrees(sample)
  const { blocks, page } = read(sample)
  expect(page.width).toMatch(/cm|in/)
  expect(blocks.some(({ is }) => is === 'list')).toBe(true)
  const bold = [...paragraphsIn(blocks)]
    .flatMap(({ pieces }) => pieces)
    .filter((piece) => piece.is === 'text' && piece.looks['fontWeight'] === 'bold')
  expect(bold.length).toBeGreaterThan(0)
})

test('spaces, tabs, notes, pictures, frames and fields are where they are for those who edit', () => {
  agrees(
    textDocument(`
      <text:p>a<text:s text:c="2"/>b<text:tab/>c <text:span text:style-name="B">bold <text:a xlink:href="https://example.org/">link</text:a></text:span></text:p>
      <text:p>see<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>below</text:p></text:note-body></text:note>, and<text:line-break/>go on page <text:page-number>3</text:page-number></text:p>
      <text:p>x<draw:frame svg:width="5cm" svg:height="2cm"><draw:image xlink:href="Pictures/p.png"/></draw:frame><draw:frame><draw:text-box><text:p>in a box</text:p></draw:text-box></draw:frame>y</text:p>
      <text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item></text:list>
      <table:table><table:table-column table:number-columns-repeated="2"/><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>wide</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>
      <text:section><text:p>in a section</text:p></text:section>
      <unknown><text:p>somewhere</text:p></unknown>`),
  )
})

test('a style says what its parents do not, and nothing that is no look', () => {
  const styles = `<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-align="center" fo:margin-left="1cm"/><style:text-properties fo:color="#ff0000" fo:font-size="20pt"/></style:style>
    <style:style style:name="Q" style:family="paragraph" style:parent-style-name="P"><style:text-properties fo:font-size="url(http://198.51.100.1/)" fo:font-weight="bold" style:text-underline-style="solid"/></style:style>
    <style:style style:name="R" style:family="paragraph" style:parent-style-name="S"/><style:style style:name="S" style:family="paragraph" style:parent-style-name="R"/>`
  const { blocks } = read(
    textDocument('<text:p text:style-name="Q">x</text:p><text:p text:style-name="R">round</text:p>', styles),
  )
  expect([...paragraphsIn(blocks)].map(({ looks }) => looks)).toEqual([
    {
      textAlign: 'center',
      marginLeft: '1cm',
      color: '#ff0000',
      fontSize: '20pt',
      fontWeight: 'bold',
      textDecorationLine: 'underline',
    },
    {},
  ])
})

test('lists are numbered as their styles say', () => {
  const styles =
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="a" style:num-suffix=")"/><text:list-level-style-bullet text:level="2" text:bullet-char="–"/></text:list-style>'
  const item = (inside: string) => `<text:list-item>${inside}</text:list-item>`
  const list = `<text:list text:style-name="L">${item('<text:p>x</text:p>')}${item(`<text:p>y</text:p><text:list>${item('<text:p>z</text:p>')}</text:list>`)}</text:list>`
  const [found] = read(textDocument(list, styles)).blocks
  expect(found?.is === 'list' && found.items.map(({ sign }) => sign)).toEqual(['a)', 'b)'])
  const inner = found?.is === 'list' ? found.items[1]?.blocks[1] : undefined
  expect(inner?.is === 'list' && inner.items[0]?.sign).toBe('–')
})

test('tables that claim to be endless, and blocks that lie in one another without an end, are cut', () => {
  const columns =
    '<table:table><table:table-column table:number-columns-repeated="1000000000"/><table:table-row/></table:table>'
  const [table] = read(textDocument(columns)).blocks
  expect(table?.is === 'table' && table.columns.length).toBeLessThan(1000)
  const deep = '<text:section>'.repeat(300) + '</text:section>'.repeat(300)
  expect(() => read(textDocument(deep))).not.toThrow()
})
