import { Hono } from 'hono'
import type { FileItem, FolderItem, Found, SnippetPart } from '../api.ts'
import type { Env } from '../http/env.ts'
import { mark } from '../inside/word-index.ts'
import type { Person } from '../sign-in/person.ts'
import type { Site } from '../site.ts'
import { within } from './folders.ts'
import { fileItem } from './items.ts'

/** Files and folders by what is in their names, and files by what is in them. */
export const searchRoutes = (site: Site): Hono<Env> =>
  new Hono<Env>().get('/', async (c) => {
    const text = (c.req.query('q') ?? '').slice(0, 200).trim()
    const limit = within(c.req.query('limit'), 1, 200) ?? 50
    const named = text === '' ? [] : await byName(site, c.var.person, { text, limit })
    const known = new Set(named.map(({ item }) => item.id))
    const holding = await byWords(site, c.var.person, { text, limit, known })
    const all = [...named, ...holding].slice(0, limit)
    return c.json({
      items: all.map(({ item }) => item),
      paths: all.map(({ path }) => path),
      snippets: all.map(({ snippet }) => snippet),
    } satisfies Found)
  })

interface Asked {
  readonly text: string
  readonly limit: number
}

interface Hit {
  readonly item: FolderItem | FileItem
  readonly path: readonly string[]
  readonly snippet: readonly SnippetPart[] | null
}

/** A file may vanish between being found and being looked at. */
async function byName(site: Site, person: Person, { text, limit }: Asked): Promise<Hit[]> {
  const found = await site.folder.search(text, limit)
  const hits = found.map(async ({ id, name, kind, path }): Promise<Hit[]> => {
    if (kind === 'folder') return [{ item: { kind, id, name }, path, snippet: null }]
    const file = await site.folder.storage.find(id)
    return file ? [{ item: await fileItem(site, person, file), path, snippet: null }] : []
  })
  return (await Promise.all(hits)).flat()
}

async function byWords(
  site: Site,
  person: Person,
  { text, limit, known }: Asked & { readonly known: ReadonlySet<string> },
): Promise<Hit[]> {
  const { storage, containers } = site.folder
  const found = site.inside.words.search(text, limit).filter(({ id }) => !known.has(id))
  const hits = found.map(async ({ id, snippet }): Promise<Hit[]> => {
    const file = await storage.find(id)
    if (!file) return []
    const path = (await containers.ancestors(id)).slice(1).map(({ name }) => name)
    return [{ item: await fileItem(site, person, file), path, snippet: partsOf(snippet) }]
  })
  return (await Promise.all(hits)).flat()
}

/** Every second piece stands between two marks. */
const partsOf = (snippet: string): readonly SnippetPart[] =>
  snippet
    .split(mark)
    .map((text, index) => ({ text, isFound: index % 2 === 1 }))
    .filter(({ text }) => text !== '')
