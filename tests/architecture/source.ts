import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseSync } from 'vite'

/** The folder that the repository lies in. */
export const root = join(import.meta.dirname, '../..')

/** A syntax node, as ESTree and its TypeScript extension name it. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

/** A file of code, read and parsed. */
export interface Source {
  /** Relative to the repository, with `/` between names. */
  readonly path: string
  /** The workspace it belongs to, such as `packages/host`. */
  readonly workspace: string
  readonly text: string
  readonly program: Node
  readonly comments: readonly { readonly value: string; readonly start: number; readonly end: number }[]
  readonly imports: readonly Import[]
}

export interface Import {
  readonly specifier: string
  /** Nothing of it is left when the types are gone. */
  readonly isTypeOnly: boolean
}

/** Whether a field of a node is a node itself. */
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** Every node below `node` with its ancestors, the nearest first. */
export function* walk(node: Node, ancestors: readonly Node[] = []): Generator<[Node, readonly Node[]]> {
  yield [node, ancestors]
  for (const value of Object.values(node).flat()) if (isNode(value)) yield* walk(value, [node, ...ancestors])
}

/** Which line of its file an offset is on, counted from one. */
export const lineOf = ({ text }: Source, offset: number) => text.slice(0, offset).split('\n').length

function importsOf(program: Node): Import[] {
  const imports: Import[] = []
  for (const [node] of walk(program)) {
    const from = node['source']
    if (!isNode(from) || typeof from['value'] !== 'string') continue
    const isTypeOnly = node['importKind'] === 'type' || node['exportKind'] === 'type'
    imports.push({ specifier: from['value'], isTypeOnly })
  }
  return imports
}

function readSource(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const { program, comments, errors } = parseSync(path, text)
  if (errors.length > 0 || !isNode(program)) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  const workspace = path.split('/').slice(0, 2).join('/')
  return { path, workspace, text, program, comments, imports: importsOf(program) }
}

/** The files below a folder whose names match, relative to the repository. Nothing built or installed is among them. */
export function filesIn(folder: string, name: RegExp): string[] {
  const found: string[] = []
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (['node_modules', 'dist', '.git'].includes(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) found.push(...filesIn(path, name))
    else if (name.test(entry.name)) found.push(relative('.', path).replaceAll('\\', '/'))
  }
  return found.sort()
}

const workspaces = ['packages', 'apps'].flatMap((group) =>
  readdirSync(join(root, group)).map((name) => `${group}/${name}`),
)

const code = /(?<!\.d)\.tsx?$/

/** The code of the product: every workspace's `src` and `web`, without tests. */
export const sources: readonly Source[] = workspaces
  .flatMap((workspace) => filesIn(workspace, code))
  .filter((path) => /^[^/]+\/[^/]+\/(src|web)\//.test(path) && !path.includes('/test/'))
  .map(readSource)

/** The code of the libraries, which reads no clock and starts nothing. */
export const librarySources = sources.filter(({ path }) => path.startsWith('packages/'))
