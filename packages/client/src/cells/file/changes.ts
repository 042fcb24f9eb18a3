import type { CellObject, DataElement, RevisionManifest, StorageIndex } from '../binary/element.ts'
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

/** What has to be sent for a file to become something else. */
export interface FileChanges extends Changes {
  /** How many bytes of the content are new. */
  readonly freshBytes: number
}

/** What has to be sent for a file to become `content`: its new chunks, and a revision of these and the ones it keeps. */
export async function changesTo(change: Change): Promise<FileChanges> {
  const { known, file, content, newGuid } = change
  const { newId, element } = numbering(newGuid)
  const stretches = cut(content, file?.chunks ?? [])
  const leaves = await Promise.all(stretches.map((stretch) => leafOf(stretch, newId)))
  const fresh = leaves.flatMap(({ objects }) => (objects ? [element({ is: 'group', objects })] : []))
  const root = newId()
  const node = { id: root, references: leaves.map(({ id }) => id), content: intermediateNode(content.byteLength) }
  const groups = [element({ is: 'group', objects: [node] }), ...fresh]
  const revision = element({
    is: 'revision',
    revision: { revision: newId(), ...revisionOf(change, root, { groups, stretches }) },
  })
  const manifests = manifestsOf(change, element, revision.body.revision.revision)
  const index = element({ is: 'index', index: indexOf(change, revision, manifests) })
  const expected = expectedOf(known)
  return {
    elements: [...groups, revision, ...Object.values(manifests), index, ...expected],
    index: index.id,
    expected: expected[0]?.id ?? '',
    freshBytes: stretches.reduce((sum, each) => sum + ('fresh' in each ? each.fresh.byteLength : 0), 0),
  }
}

type Revision = Sent & { readonly body: { readonly is: 'revision'; readonly revision: RevisionManifest } }

/** Gives ids to objects, and ids and serial numbers to elements. */
function numbering(newGuid: () => Guid) {
  const newId = numbered(newGuid())
  const serials = newGuid()
  let last = 0n
  const element = <B extends SentBody>(body: B): Sent & { readonly body: B } => ({
    ...{ id: newId(), body },
    serial: { guid: serials, value: ++last },
  })
  return { newId, element }
}

/** Another revision of the file, and of what else the last one begins with: that stays, and all that it may consist of. */
function revisionOf(
  { file }: Change,
  object: ExtendedGuid,
  { groups, stretches }: { readonly groups: readonly Sent[]; readonly stretches: readonly Stretch[] },
): Omit<RevisionManifest, 'revision'> {
  const others = file?.revision.roots.filter(({ root }) => root !== fileRoot) ?? []
  const kept = stretches.flatMap((stretch) => ('kept' in stretch ? [...stretch.kept.groups] : []))
  const all = others.length > 0 ? [...kept, ...(file?.revision.groups ?? [])] : kept
  return {
    base: others.length > 0 ? (file?.revision.base ?? '') : '',
    roots: [{ root: fileRoot, object }, ...others],
    groups: [...groups.map(({ id }) => id), ...new Set(all)],
  }
}

interface Manifests {
  readonly cell: Sent
  /** Where there was none. */
  readonly storage?: Sent
}

function manifestsOf({ known }: Change, element: (body: SentBody) => Sent, revision: ExtendedGuid): Manifests {
  const cell = element({ is: 'cell', revision })
  if (known.index.manifest) return { cell }
  const storage = { schema: fileSchema, roots: [{ root: fileRoot, cell: fileCell }] }
  return { cell, storage: element({ is: 'storage', storage }) }
}

function indexOf({ known, file }: Change, revision: Revision, { cell, storage }: Manifests): StorageIndex {
  const to = ({ id, serial }: DataElement) => ({ element: id, serial })
  return {
    manifest: storage ? to(storage) : known.index.manifest,
    cells: new Map([...known.index.cells, [file?.cell ?? fileCell, to(cell)]]),
    revisions: new Map([[revision.body.revision.revision, to(revision)]]),
  }
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
