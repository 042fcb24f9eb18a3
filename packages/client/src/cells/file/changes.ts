import type { CellObject, DataElement, StorageIndex } from '../binary/element.ts'
import type { Guid } from '../binary/guid.ts'
import type { ExtendedGuid } from '../binary/ids.ts'
import type { SentBody } from '../binary/write-element.ts'
import type { Changes } from '../binary/write-request.ts'
import { cut, type Stretch } from './cut.ts'
import { fileCell, fileRoot, fileSchema } from './file-guids.ts'
import type { FileInCells } from './file-in-cells.ts'
import { intermediateNode, leafNode } from './file-node.ts'
import type { KnownCells } from './known-cells.ts'

type Sent = DataElement & { readonly body: SentBody }

/** What there is, and what it shall become. */
export interface Change {
  readonly known: KnownCells
  /** `undefined`: there is no file yet. */
  readonly file: FileInCells | undefined
  readonly content: Uint8Array
  readonly newGuid: () => Guid
}

/** What has to be sent for a file to become `content`: its new chunks, and a revision of these and the ones it keeps. */
export async function changesTo({
  known,
  file,
  content,
  newGuid,
}: Change): Promise<Changes & { readonly freshBytes: number }> {
  const ids = numbered(newGuid())
  const serials = numbered(newGuid())
  const element = <B extends SentBody>(body: B): Sent & { readonly body: B } => {
    const [guid = '', value = '0'] = serials().split(':')
    return { id: ids(), serial: { guid, value: BigInt(value) }, body }
  }

  const stretches = cut(content, file?.chunks ?? [])
  const leaves = await Promise.all(stretches.map((stretch) => leafOf(stretch, ids)))
  const fresh = leaves.flatMap(({ objects }) => (objects ? [element({ is: 'group', objects })] : []))
  const object = ids()
  const references = leaves.map(({ id }) => id)
  const top = element({
    is: 'group',
    objects: [{ id: object, references, content: intermediateNode(content.byteLength) }],
  })

  const others = file?.revision.roots.filter(({ root }) => root !== fileRoot) ?? []
  const kept = stretches.flatMap((stretch) => ('kept' in stretch ? [...stretch.kept.groups] : []))
  // What else the revision begins with stays, and so does all that it may consist of.
  const groups = others.length > 0 ? [...kept, ...(file?.revision.groups ?? [])] : kept
  const revision = element({
    is: 'revision',
    revision: {
      revision: ids(),
      base: others.length > 0 ? (file?.revision.base ?? '') : '',
      roots: [{ root: fileRoot, object }, ...others],
      groups: [top.id, ...fresh.map(({ id }) => id), ...new Set(groups)],
    },
  })
  const cell = element({ is: 'cell', revision: revision.body.revision.revision })
  const storage = known.index.manifest
    ? undefined
    : element({ is: 'storage', storage: { schema: fileSchema, roots: [{ root: fileRoot, cell: fileCell }] } })

  const to = ({ id, serial }: DataElement) => ({ element: id, serial })
  const next: StorageIndex = {
    manifest: storage ? to(storage) : known.index.manifest,
    cells: new Map([...known.index.cells, [file?.cell ?? fileCell, to(cell)]]),
    revisions: new Map([[revision.body.revision.revision, to(revision)]]),
  }
  const index = element({ is: 'index', index: next })
  const expected = expectedOf(known)
  const elements = [...fresh, top, revision, cell, ...(storage ? [storage] : []), index, ...expected]
  const freshBytes = stretches.reduce((sum, each) => sum + ('fresh' in each ? each.fresh.byteLength : 0), 0)
  return { elements, index: index.id, expected: expected[0]?.id ?? '', freshBytes }
}

/**
 * What must still be in force for anything to be stored: the manifest and the cells. A revision that a cell has left behind
 * may be gone from the index of the host without harm.
 */
const expectedOf = ({ indexId, index: { manifest, cells } }: KnownCells): readonly Sent[] => {
  if (indexId === '') return []
  return [{ id: indexId, serial: undefined, body: { is: 'index', index: { manifest, cells, revisions: new Map() } } }]
}

/** Ids under one GUID, from 1. */
function numbered(guid: Guid): () => ExtendedGuid {
  let last = 0
  return () => `${guid}:${++last}`
}

async function leafOf(
  stretch: Stretch,
  newId: () => ExtendedGuid,
): Promise<{ readonly id: ExtendedGuid; readonly objects?: readonly CellObject[] }> {
  if ('kept' in stretch) return { id: stretch.kept.leaf }
  const [id, data] = [newId(), newId()]
  const content = stretch.fresh
  const signature = new Uint8Array(await crypto.subtle.digest('SHA-1', Uint8Array.from(content)))
  const leaf: CellObject = { id, references: [data], content: leafNode(signature, content.byteLength) }
  return { id, objects: [leaf, { id: data, references: [], content }] }
}
