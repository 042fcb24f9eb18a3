export { type WordReader, type WordReaderOptions, wordReader } from './word-reader.ts'
export { hasWords } from './words-of.ts'
