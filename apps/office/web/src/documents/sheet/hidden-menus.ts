/** Entries of the grid's menus that would do what cannot be kept in a file, or what the page itself offers. */
const hidden = [
  'univer.command.undo',
  'univer.command.redo',
  'base-ui.operation.toggle-shortcut-panel',
  'sheet.menu.cell-insert',
  'sheet.menu.delete',
  'sheet.command.insert-multi-cols-left',
  'sheet.command.insert-multi-cols-before',
  'sheet.command.insert-multi-cols-right',
  'sheet.command.insert-multi-rows-above',
  'sheet.command.insert-multi-rows-after',
  'sheet.command.remove-col-confirm',
  'sheet.command.remove-row-confirm',
  'sheet.command.set-row-is-auto-height',
  'sheet.command.add-range-protection-from-toolbar',
  'sheet.contextMenu.permission',
  'sheet.command.remove-sheet-confirm',
  'sheet.command.copy-sheet',
  'sheet.operation.rename-sheet',
  'sheet.command.set-tab-color',
  'sheet.command.set-worksheet-hidden',
  'sheet.operation.show-menu-list',
  'sheet.command.add-range-protection-from-sheet-bar',
  'sheet.command.delete-worksheet-protection-from-sheet-bar',
  'sheet.command.change-sheet-protection-from-sheet-bar',
  'sheet.command.view-sheet-permission-from-sheet-bar',
  'sheet.command.toggle-gridlines',
]

/** What the grid's menus leave out. */
export const hiddenMenus: Readonly<Record<string, { readonly hidden: true }>> = Object.fromEntries(
  hidden.map((id) => [id, { hidden: true }]),
)
