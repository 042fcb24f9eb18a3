import { expect, test } from 'vitest'
import { isNode, librarySources, lineOf, type Node, type Source, sources, walk } from './source.ts'

/** Where libraries meet Node: the only files of theirs that import its modules. */
const rims = [
  /^packages\/host\/src\/node\//,
  /^packages\/conformance\/src\/node\//,
  // Contract kits run under a test runner, and assert with what every Node has.
  /^packages\/(host|cell-storage)\/src\/contract\//,
  /^packages\/host\/src\/adapter\/link-secrets\.ts$/,
  /^packages\/host\/src\/signed-access\.ts$/,
  /^packages\/host\/src\/proof-check\.ts$/,
  /^packages\/protocol\/src\/(find-)?proof\.ts$/,
  /^packages\/cell-storage\/src\/mapping\/hashes\.ts$/,
  /^packages\/cell-storage\/src\/node\//,
  /^packages\/storage-(folder|sql)\/src\//,
]

/** The files that read the environment. */
const readsEnvironment = ['apps/server/src/config.ts']

/** The files where the real clock, timers and randomness come in: as the defaults of options, or to serve a socket. */
const edges = [
  'packages/host/src/node/listener.ts',
  'packages/conformance/src/node/connect.ts',
  'packages/host/src/signed-access.ts',
  'packages/client/src/timers.ts',
  'packages/embed/src/timer.ts',
]

/** What gives another answer each time, or waits. Libraries take these as options, and name them only as a default. */
const ambient = [
  'Date.now',
  'performance.now',
  'Math.random',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'randomUUID',
  'randomBytes',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'process.hrtime',
]

const textOf = ({ text }: Source, node: Node) => text.slice(node.start, node.end).replace(/^globalThis\./, '')

/** Every place in `found` where `isWrong` finds fault, as `file:line code`. */
function places(found: readonly Source[], isWrong: (source: Source, node: Node, above: readonly Node[]) => boolean) {
  return found.flatMap((source) =>
    [...walk(source.program)]
      .filter(([node, above]) => isWrong(source, node, above))
      .map(([node]) => `${source.path}:${lineOf(source, node.start)} ${textOf(source, node).split('\n')[0]}`),
  )
}

const calls = (source: Source, node: Node, names: readonly string[]) =>
  node.type === 'CallExpression' && isNode(node['callee']) && names.includes(textOf(source, node['callee']))

const isArgumentlessDate = (source: Source, node: Node) =>
  node.type === 'NewExpression' &&
  isNode(node['callee']) &&
  textOf(source, node['callee']) === 'Date' &&
  Array.isArray(node['arguments']) &&
  node['arguments'].length === 0

/** Inside `option = default`. */
const isDefault = (above: readonly Node[]) => above.some(({ type }) => type === 'AssignmentPattern')

test('A library calls no clock, timer or randomness: they are options with defaults.', () => {
  const wrong = places(
    librarySources.filter(({ path }) => !edges.includes(path)),
    (source, node, above) => (calls(source, node, ambient) || isArgumentlessDate(source, node)) && !isDefault(above),
  )
  expect(wrong).toEqual([])
})

test('A library imports Node’s modules at its rims alone.', () => {
  const wrong = librarySources
    .filter(({ path }) => !rims.some((rim) => rim.test(path)))
    .flatMap(({ path, imports }) =>
      imports.filter(({ specifier }) => specifier.startsWith('node:')).map(({ specifier }) => `${path} → ${specifier}`),
    )
  expect(wrong).toEqual([])
})

test('The environment is read in the configuration of an app and nowhere else.', () => {
  const wrong = places(
    sources.filter(({ path }) => !readsEnvironment.includes(path)),
    (source, node) => node.type === 'MemberExpression' && textOf(source, node) === 'process.env',
  )
  expect(wrong).toEqual([])
})

test('A library prints nothing.', () => {
  const wrong = places(
    librarySources,
    (source, node) => node.type === 'MemberExpression' && textOf(source, node).startsWith('console.'),
  )
  expect(wrong).toEqual([])
})

test('No library keeps state of its own: nothing at the top of a file changes.', () => {
  const wrong = places(
    librarySources,
    (_, node, [parent]) =>
      node.type === 'VariableDeclaration' &&
      node['kind'] !== 'const' &&
      (parent?.type === 'Program' || parent?.type === 'ExportNamedDeclaration'),
  )
  expect(wrong).toEqual([])
})
