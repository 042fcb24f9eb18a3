import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { filesIn, lineOf, type Node, type Source, sources, walk } from './source.ts'

/** What no file is called: such a name says nothing of what is in it. */
const emptyNames = /(^|-)(utils?|helpers?|common|shared|core|misc|manager|service|impl)(-|\.)/

const places = (isWrong: (node: Node, source: Source) => boolean) =>
  sources.flatMap((source) =>
    [...walk(source.program)]
      .filter(([node]) => isWrong(node, source))
      .map(([node]) => `${source.path}:${lineOf(source, node.start)}`),
  )

const commentsLike = (pattern: RegExp) =>
  sources.flatMap((source) =>
    source.comments
      .filter(({ value }) => pattern.test(value))
      .map((comment) => `${source.path}:${lineOf(source, comment.start)}`),
  )

test('No type is `any`.', () => {
  expect(places(({ type }) => type === 'TSAnyKeyword')).toEqual([])
})

test('No value is made another type by way of `unknown`.', () => {
  const twice = ({ type, expression }: Node) =>
    type === 'TSAsExpression' && (expression as Node | undefined)?.type === 'TSAsExpression'
  expect(places((node, { text }) => twice(node) && /as unknown as/.test(text.slice(node.start, node.end)))).toEqual([])
})

test('Exports have names.', () => {
  const isDefault = ({ type }: Node, { path }: Source) =>
    type === 'ExportDefaultDeclaration' && !/\.config\.ts$/.test(path)
  expect(places(isDefault)).toEqual([])
})

/** Where a rule of the linter is wrong about the code, as the comment there explains. */
const ruleIsWrong = ['apps/server/web/src/list/item-list.tsx', 'apps/server/web/src/list/use-rows.ts']

test('No check is switched off; only a table may keep its own layout.', () => {
  const found = commentsLike(/@ts-(ignore|expect-error|nocheck)|eslint-disable|biome-ignore(?! format)/)
  expect(found.filter((place) => !ruleIsWrong.includes(place.split(':')[0] ?? ''))).toEqual([])
})

test('No comment puts work off.', () => {
  expect(commentsLike(/\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([])
})

test('A file is named for the one idea in it.', () => {
  const names = filesIn('.', /\.(tsx?|js)$/).filter((path) =>
    /^(packages|apps|tests|examples|bench|scripts)\//.test(path),
  )
  expect(names.filter((path) => emptyNames.test(basename(path)))).toEqual([])
})
