import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { isNode, librarySources, type Node, root, type Source } from './source.ts'

/** A name that a module exports, with where it is declared. */
interface Name {
  readonly name: string
  readonly source: Source
  readonly declaration: Node
}

const sourceAt = (path: string) => {
  const found = librarySources.find((source) => source.path === path)
  if (!found) throw new Error(`${path} is not a file of a library`)
  return found
}

/** The names that one statement declares. */
function declaredBy(declaration: Node): string[] {
  const declarators = declaration['declarations']
  const named = Array.isArray(declarators) ? declarators : [declaration]
  return named.map((each) => String(each.id?.name))
}

/** What `export { a, b as c } from './x.ts'` and `export * from './x.ts'` pass on. */
function passedOn(source: Source, statement: Node): Name[] {
  const from = isNode(statement['source']) ? String(statement['source']['value']) : undefined
  const target =
    from === undefined ? source : from.startsWith('.') ? sourceAt(join(dirname(source.path), from)) : undefined
  const names = target && (target === source ? declarationsIn(source) : exportsOf(target))
  if (!Array.isArray(statement['specifiers'])) return names ?? []
  return statement['specifiers'].map(({ exported, local }) => {
    const passed = names?.find(({ name }) => name === local.name)
    return { source, declaration: statement, ...passed, name: String(exported.name) }
  })
}

/** Everything declared at the top of a file, exported or not. */
const declarationsIn = (source: Source): Name[] =>
  statementsOf(source).flatMap((statement) => {
    const declaration = isNode(statement['declaration']) ? statement['declaration'] : statement
    const isDeclaration = declaration.type.endsWith('Declaration') && !/^(Import|Export)/.test(declaration.type)
    return isDeclaration ? declaredBy(declaration).map((name) => ({ name, source, declaration: statement })) : []
  })

const statementsOf = ({ program }: Source): Node[] =>
  Array.isArray(program['body']) ? program['body'].filter(isNode) : []

/** Everything a file exports, its own or passed on. */
function exportsOf(source: Source): Name[] {
  return statementsOf(source).flatMap((statement) => {
    if (statement.type === 'ExportAllDeclaration') return passedOn(source, statement)
    if (statement.type !== 'ExportNamedDeclaration') return []
    if (!isNode(statement['declaration'])) return passedOn(source, statement)
    return declaredBy(statement['declaration']).map((name) => ({ name, source, declaration: statement }))
  })
}

/** The doors of all libraries: each specifier that can be imported, with the file behind it. */
const doors = [...new Set(librarySources.map(({ workspace }) => workspace))].flatMap((workspace) => {
  const { name, exports } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'))
  return Object.entries<{ source: string }>(exports).map(([door, { source }]) => ({
    specifier: join(name, door),
    source: sourceAt(join(workspace, source)),
  }))
})

/** Whether it comes from another package, which describes it. */
const isPassedOn = ({ source }: Node) => isNode(source)

/** Whether a doc comment stands before a declaration, with at most line comments between. */
function isDescribed({ text, comments }: Source, { start }: Node): boolean {
  const before = comments.filter(({ end }) => end <= start).reverse()
  let next = start
  for (const comment of before) {
    if (text.slice(comment.end, next).trim() !== '') return false
    if (comment.value.startsWith('*')) return true
    next = comment.start
  }
  return false
}

test('The public names are the listed ones.', async () => {
  const lists = doors.map(({ specifier, source }) => {
    const names = [...new Set(exportsOf(source).map(({ name }) => name))].sort()
    return [specifier, ...names.map((name) => `  ${name}`)].join('\n')
  })
  await expect(`${lists.join('\n\n')}\n`).toMatchFileSnapshot('./public-names.txt')
})

test('Every public name says in a sentence what it is.', () => {
  const silent = doors
    .flatMap(({ source }) => exportsOf(source))
    .filter(({ source, declaration }) => !isPassedOn(declaration) && !isDescribed(source, declaration))
    .map(({ name, source }) => `${source.path} ${name}`)
  expect([...new Set(silent)].sort()).toEqual([])
})
