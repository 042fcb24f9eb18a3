import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../architecture/source.ts'
import { type Block, blocksOf, pages } from './pages.ts'

const options = {
  extends: join(root, 'tsconfig.tests.json'),
  compilerOptions: { types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
  include: ['*.ts'],
}

/** A module of its own, on the lines it has in its page, so that the compiler's complaints lead there. */
const moduleOf = ({ code, line }: Block) => `${'\n'.repeat(line - 1)}${code}\nexport {}\n`

/** What the compiler finds wrong with blocks, as `page(line,column): complaint`. */
function complaints(blocks: readonly Block[]): string[] {
  const folder = mkdtempSync(join(root, 'node_modules/.docs-'))
  try {
    const nameOf = (index: number) => `block-${index}.ts`
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options))
    blocks.forEach((block, index) => void writeFileSync(join(folder, nameOf(index)), moduleOf(block)))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const { stdout } = spawnSync(process.execPath, [tsc, '--pretty', 'false', '-p', folder], { encoding: 'utf8' })
    return stdout
      .split('\n')
      .filter((line) => line.includes('error TS'))
      .map((line) => line.replace(/^.*block-(\d+)\.ts/, (_, index) => blocks[Number(index)]?.page.path ?? ''))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('Every TypeScript block of every page compiles by itself.', () => {
  const blocks = pages.flatMap(blocksOf).filter(({ language }) => ['ts', 'tsx', 'typescript'].includes(language))
  expect(complaints(blocks)).toEqual([])
})

test('A block that does not compile is found, at its line in the page.', () => {
  const page = { path: 'page.md', text: 'Text.\n\n```ts\nconst one: string = 1\n```\n' }
  expect(complaints(blocksOf(page))).toEqual([expect.stringMatching(/^page\.md\(4,\d+\): error TS2322/)])
})

test('Every npm script a page names exists.', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const named = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => [path, name]),
  )
  expect(named.filter(([, name = '']) => !(name in scripts))).toEqual([])
})
