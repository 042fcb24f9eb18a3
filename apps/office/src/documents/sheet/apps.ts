import type { DocumentApp } from '../apps.ts'

/** Workbooks that are opened, changed and saved. */
export const sheetExtensions: readonly string[] = ['xlsx', 'xlsm']

/** OpenDocument spreadsheets, which are only shown. */
export const openDocumentSheets: readonly string[] = ['ods', 'ots']

/** Where nothing makes pages of them, they are shown as far as a grid shows them. */
export const openDocumentSheetApp: DocumentApp = {
  name: 'OpenDocumentSheet',
  kind: 'sheet',
  icon: 'table',
  canEdit: false,
  extensions: openDocumentSheets,
}

export const sheetApp: DocumentApp = {
  name: 'Sheet',
  kind: 'sheet',
  icon: 'table',
  canEdit: true,
  extensions: sheetExtensions,
}
