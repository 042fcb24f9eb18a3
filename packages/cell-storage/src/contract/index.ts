export { type CreateCellFile, cellFileContract } from './cell-file.ts'
export { type CreateCellStore, cellStoreContract } from './cell-store.ts'
export type { Test } from './contract-test.ts'
export { type CreateEditorsTables, editorsTablesContract } from './editors-tables.ts'
