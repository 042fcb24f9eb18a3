import { FUniver } from '@univerjs/core/facade'
import { openWorkbook } from '../../apps/office/src/documents/sheet/open-workbook.ts'
import { engineWords, startEngine } from '../../apps/office/web/src/documents/sheet/engine.ts'
import { loadFonts } from '../../apps/office/web/src/documents/sheet/fonts.ts'
import { gridWorkbook } from '../../apps/office/web/src/documents/sheet/grid-workbook.ts'

// The component knows no files: it is given the cells that are in one.
const bytes = new Uint8Array(
  await (await fetch(new URLSearchParams(location.search).get('document') ?? '')).arrayBuffer(),
)
const { workbook } = openWorkbook(bytes)
const [words] = await Promise.all([engineWords(), loadFonts(workbook)])
const holder = document.querySelector('#holder')
if (holder instanceof HTMLElement) {
  FUniver.newAPI(startEngine(holder, { words, hasTools: true, fonts: [] })).createWorkbook(
    gridWorkbook(workbook, () => true),
  )
}
