import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { type Import, root, type Source, sources } from './source.ts'

/** Which workspaces each one may know. Arrows point one way: none of these lists leads back to where it started. */
const knows: Readonly<Record<string, readonly string[]>> = {
  'packages/protocol': [],
  'packages/host': ['@openwopi/protocol'],
  'packages/client': ['@openwopi/protocol'],
  'packages/conformance': ['@openwopi/protocol', '@openwopi/client'],
  'packages/embed': ['@openwopi/protocol'],
  'packages/storage-folder': ['@openwopi/protocol', '@openwopi/host'],
  'packages/storage-sql': ['@openwopi/protocol', '@openwopi/host', '@openwopi/cell-storage'],
  'packages/cell-storage': ['@openwopi/protocol', '@openwopi/host'],
  'apps/office': ['@openwopi/protocol', '@openwopi/client'],
  'apps/server': [
    '@openwopi/protocol',
    '@openwopi/host',
    '@openwopi/client',
    '@openwopi/conformance',
    '@openwopi/embed',
    '@openwopi/storage-folder',
    '@openwopi/storage-sql',
    '@openwopi/cell-storage',
    '@openwopi/office',
  ],
}

const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

const isOurs = (specifier: string) => specifier.startsWith('@openwopi/') || packageOf(specifier) === 'openwopi'
const isBuiltin = (specifier: string) => specifier.startsWith('node:') || builtinModules.includes(specifier)

/** The imports of all files that `isWrong` finds fault with, each as `file → import`. */
function wrongImports(isWrong: (source: Source, imported: Import) => boolean): string[] {
  return sources.flatMap((source) =>
    source.imports
      .filter((imported) => isWrong(source, imported))
      .map(({ specifier }) => `${source.path} → ${specifier}`),
  )
}

test('A workspace imports only those below it.', () => {
  const wrong = wrongImports(
    ({ workspace }, { specifier }) => isOurs(specifier) && !knows[workspace]?.includes(packageOf(specifier)),
  )
  expect(wrong).toEqual([])
})

test('A storage knows the host by its ports, which are types, and by what any adapter of them is made of.', () => {
  const wrong = wrongImports(
    ({ workspace }, { specifier, isTypeOnly }) =>
      workspace.startsWith('packages/storage-') &&
      packageOf(specifier) === '@openwopi/host' &&
      specifier !== '@openwopi/host/adapter' &&
      !isTypeOnly,
  )
  expect(wrong).toEqual([])
})

test('What adapters are made of knows the host by its ports alone, too.', () => {
  const wrong = wrongImports(
    ({ path }, { specifier, isTypeOnly }) =>
      path.startsWith('packages/host/src/adapter/') && specifier.startsWith('../') && !isTypeOnly,
  )
  expect(wrong).toEqual([])
})

test('A relative import stays inside its workspace.', () => {
  const wrong = wrongImports(({ path, workspace }, { specifier }) => {
    if (!specifier.startsWith('.')) return false
    return !join(dirname(path), specifier).startsWith(`${workspace}/`)
  })
  expect(wrong).toEqual([])
})

test('What is imported is declared: by a library and by running code as a dependency, by bundled pages at least for development.', () => {
  const wrong = wrongImports(({ path, workspace }, { specifier, isTypeOnly }) => {
    if (specifier.startsWith('.') || isBuiltin(specifier)) return false
    const manifest = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'))
    const declared = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies }
    const isBundled = path.startsWith(`${workspace}/web/`)
    const known = isBundled || isTypeOnly ? { ...declared, ...manifest.devDependencies } : declared
    return !(packageOf(specifier) in known)
  })
  expect(wrong).toEqual([])
})

test('Node’s own modules are imported as `node:…`.', () => {
  expect(wrongImports((_, { specifier }) => builtinModules.includes(specifier))).toEqual([])
})

test('No file of a library is reached from itself by imports that run.', () => {
  const graph = new Map(
    sources.map((source) => [
      source.path,
      source.imports
        .filter(({ specifier, isTypeOnly }) => specifier.startsWith('.') && !isTypeOnly)
        .map(({ specifier }) => join(dirname(source.path), specifier)),
    ]),
  )
  const reaches = (from: string, target: string, seen = new Set<string>()): boolean =>
    (graph.get(from) ?? []).some((next) => {
      if (next === target) return true
      if (seen.has(next)) return false
      seen.add(next)
      return reaches(next, target, seen)
    })
  expect([...graph.keys()].filter((path) => reaches(path, path))).toEqual([])
})
