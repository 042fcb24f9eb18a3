import { linkAt, readLocation } from '../../../../src/documents/sheet/link-at.ts'
import { readPlace } from '../../../../src/documents/sheet/reference.ts'
import type { CellLink, Workbook } from '../../../../src/documents/sheet/workbook.ts'
import { element } from '../../element.ts'
import { followLink } from '../../follow-link.ts'
import type { GridCell } from './grid-events.ts'
import type { GridPlace } from './grid-place.ts'

/** A button that leads where the cell leads in which the cursor is. */
export interface CellLinkButton {
  readonly element: HTMLElement
  at(workbook: Workbook, cell: GridCell): void
}

/** `goTo`: shows a cell of this workbook. */
export function cellLink(goTo: (place: GridPlace) => void): CellLinkButton {
  let follow = () => {}
  const button = element('button', { type: 'button', class: 'cell-link', hidden: true })
  button.addEventListener('click', () => follow())
  return {
    element: button,
    at(workbook, cell) {
      const sheet = workbook.sheets[cell.sheet]
      const known = sheet?.rows
        .find(({ index }) => index === cell.row)
        ?.cells.find(({ column }) => column === cell.column)
      const link = sheet && linkAt(sheet, cell, cell.formula ?? known?.formula)
      const run = link && followed(link, workbook, goTo)
      button.hidden = run === undefined
      button.textContent = link?.address ?? link?.location ?? ''
      follow = run ?? follow
    },
  }
}

/** What following a link does. `undefined`: it leads nowhere. */
function followed({ address, location }: Omit<CellLink, 'area'>, workbook: Workbook, goTo: (place: GridPlace) => void) {
  if (address !== undefined) return () => followLink(address)
  const { sheet: name, cell = '' } = readLocation(location ?? '') ?? {}
  const sheet = workbook.sheets.findIndex((one) => one.name === name && one.visibility === 'visible')
  const place = readPlace(cell)
  return place && sheet >= 0 ? () => goTo({ sheet, ...place }) : undefined
}
