import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesIn, root } from '../architecture/source.ts'

/** A page of documentation. */
export interface Page {
  /** Relative to the repository. */
  readonly path: string
  readonly text: string
}

/** A fenced block of a page. */
export interface Block {
  readonly page: Page
  /** What stands after the opening fence, such as `ts`. */
  readonly language: string
  /** The line of its first line in the page, counted from one. */
  readonly line: number
  readonly code: string
}

/** Every page of the repository, the samples people edit aside. */
export const pages: readonly Page[] = filesIn('.', /\.md$/)
  .filter((path) => !path.startsWith('samples/') && !path.startsWith('sample-documents/'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

/** The fenced blocks of a page, in order. */
export function blocksOf(page: Page): Block[] {
  return [...page.text.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```$/gm)].map(
    ({ index, 1: language = '', 2: code = '' }) => ({
      page,
      language,
      line: page.text.slice(0, index).split('\n').length + 1,
      code,
    }),
  )
}

/** A page without its fenced blocks and code spans, where nothing is a link. */
export const proseOf = ({ text }: Page) => text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '`…`')
