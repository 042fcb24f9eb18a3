import { expect, test } from 'vitest'
import { isNode, lineOf, type Node, type Source, sources, walk } from './source.ts'

// The aims are a file of about 80 lines, a function of about 15, 3 parameters, and a nesting of 2. These are the limits
// beyond which an aim has not been missed but forgotten.
const limits = { fileLines: 300, functionLines: 60, pageFunctionLines: 80, parameters: 4, nesting: 5 }

/** Tables, and lists of what an adapter must do: as long as what they list. */
const tables = [
  'apps/office/src/strings/de.ts',
  'apps/office/src/strings/en.ts',
  'apps/office/src/strings/zh.ts',
  'packages/host/src/contract/storage.ts',
  'packages/protocol/src/file-properties.ts',
  'packages/protocol/src/operations/files.ts',
  'packages/protocol/src/ui-messages.ts',
]

const functionTypes = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']
const nestingTypes = [
  'IfStatement',
  'ForStatement',
  'ForOfStatement',
  'ForInStatement',
  'WhileStatement',
  'DoWhileStatement',
  'SwitchStatement',
  'TryStatement',
]

const isPage = ({ path }: Source) => /\.tsx$|\/web\//.test(path)
const linesOf = (source: Source, node: Node) => lineOf(source, node.end) - lineOf(source, node.start) + 1

/** The lines of a function without those of the functions in it, which are counted by themselves. */
function ownLinesOf(source: Source, node: Node): number {
  const inner = [...walk(node)].filter(
    ([each, above]) =>
      functionTypes.includes(each.type) && above.filter(({ type }) => functionTypes.includes(type)).length === 1,
  )
  return inner.reduce((lines, [each]) => lines - (linesOf(source, each) - 1), linesOf(source, node))
}

/** Every function of a file with the nodes around it. */
function* functionsOf(source: Source): Generator<[Node, readonly Node[]]> {
  for (const [node, above] of walk(source.program)) if (functionTypes.includes(node.type)) yield [node, above]
}

const place = (source: Source, node: Node, size: number) => `${source.path}:${lineOf(source, node.start)} ${size}`

/** How many conditions and loops stand around a node inside its own function. `else if` goes no deeper. */
function nestingOf(node: Node, above: readonly Node[]): number {
  const end = above.findIndex(({ type }) => functionTypes.includes(type))
  const around = [node, ...(end < 0 ? above : above.slice(0, end))]
  return around.filter((each, index) => nestingTypes.includes(each.type) && around[index + 1]?.['alternate'] !== each)
    .length
}

test('A file holds one idea; only tables are long.', () => {
  const long = sources
    .filter(({ path }) => !tables.includes(path))
    .map((source) => ({ source, lines: source.text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > limits.fileLines)
  expect(long.map(({ source, lines }) => `${source.path} ${lines}`)).toEqual([])
})

test('A function fits on half a screen.', () => {
  const long = sources.flatMap((source) =>
    [...functionsOf(source)]
      .map(([node]) => ({ node, lines: ownLinesOf(source, node) }))
      .filter(({ lines }) => lines > (isPage(source) ? limits.pageFunctionLines : limits.functionLines))
      .map(({ node, lines }) => place(source, node, lines)),
  )
  expect(long).toEqual([])
})

test('A function has at most four parameters.', () => {
  const many = sources.flatMap((source) =>
    [...functionsOf(source)]
      .map(([node]) => ({ node, count: Array.isArray(node['params']) ? node['params'].length : 0 }))
      .filter(({ count }) => count > limits.parameters)
      .map(({ node, count }) => place(source, node, count)),
  )
  expect(many).toEqual([])
})

test('Conditions and loops stand in each other at most five deep.', () => {
  const deep = sources.flatMap((source) =>
    [...walk(source.program)]
      .filter(([node]) => isNode(node) && nestingTypes.includes(node.type))
      .map(([node, above]) => ({ node, depth: nestingOf(node, above) }))
      .filter(({ depth }) => depth > limits.nesting)
      .map(({ node, depth }) => place(source, node, depth)),
  )
  expect(deep).toEqual([])
})
