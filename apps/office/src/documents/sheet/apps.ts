import type { DocumentApp } from '../apps.ts'

/** Workbooks that are opened, changed and saved. */
export const sheetExtensions: readonly string[] = ['xlsx', 'xlsm']

export const sheetApp: DocumentApp = {
  name: 'Sheet',
  kind: 'sheet',
  icon: 'table',
  canEdit: true,
  extensions: sheetExtensions,
}
