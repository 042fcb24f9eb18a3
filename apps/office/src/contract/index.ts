export { type DocumentsUnderTest, documentsContract } from './documents.ts'
export { type HomesUnderTest, homesContract } from './homes.ts'
