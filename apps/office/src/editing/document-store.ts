import { createHash } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readIfThere } from '../read-if-there.ts'
import { writeAtomically } from '../write-atomically.ts'
import type { SharedForm, StoredFormat } from './document-form.ts'

/** A shared document as it is kept until the host has all of it. */
export interface StoredDocument {
  readonly wopiSrc: string
  /** Which shared document this is: browsers that hold another one cannot be joined with it. */
  readonly documentName: string
  /** Hash of the content that the host is known to have. */
  readonly base: string
  /** Hash of the content that was on its way to the host. */
  readonly sending?: string
  /** Absent: a text. */
  readonly kind?: SharedForm['kind']
  readonly format: StoredFormat
  /** Ids of those whose edits the host does not have yet. */
  readonly contributors: readonly string[]
  readonly hasUnsaved: boolean
  /** Milliseconds since the epoch. */
  readonly changedAt: number
  readonly state: Uint8Array
}

/** Shared documents on disk, so that neither a crash nor a restart takes a key stroke with it. */
export interface DocumentStore {
  load(wopiSrc: string): Promise<StoredDocument | undefined>
  save(document: StoredDocument): Promise<void>
  remove(wopiSrc: string): Promise<void>
  /** Puts aside what fits to the file no more, for its writers to fetch. */
  putAside(wopiSrc: string): Promise<void>
  leftover(wopiSrc: string): Promise<StoredDocument | undefined>
  removeLeftover(wopiSrc: string): Promise<void>
}

/** Documents in one file each under `folder`. */
export async function documentStore(folder: string, now: () => number): Promise<DocumentStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await sweep(folder, now())
  const path = (wopiSrc: string) => join(folder, `${hashOf(wopiSrc)}.document`)
  const aside = (wopiSrc: string) => join(folder, `${hashOf(wopiSrc)}.leftover`)
  return {
    load: async (wopiSrc) => parse(await readIfThere(path(wopiSrc))),
    save: (document) => writeAtomically(path(document.wopiSrc), serialize(document)),
    remove: (wopiSrc) => rm(path(wopiSrc), { force: true }),
    async putAside(wopiSrc) {
      await keepOlder(aside(wopiSrc))
      await rename(path(wopiSrc), aside(wopiSrc))
    },
    leftover: async (wopiSrc) => parse(await readIfThere(aside(wopiSrc))),
    removeLeftover: (wopiSrc) => rm(aside(wopiSrc), { force: true }),
  }
}

/** How long a document that the host has all of is kept for pages that may come back, in milliseconds. */
const keptFor = 24 * 60 * 60 * 1000

/** Removes what a crash has left half written, and saved documents that nobody came back to. */
async function sweep(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const document = name.endsWith('.document') ? parse(await readIfThere(path)) : undefined
    const isStale = document && !document.hasUnsaved && document.changedAt + keptFor < now
    if (isStale || name.endsWith('.tmp')) await rm(path, { force: true })
  }
}

/** The hash by which contents are compared and files named. */
export const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** One put aside earlier is no reason to lose it: it stays on disk under its age. */
async function keepOlder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found) await rename(path, `${path}.${Math.round(found.mtimeMs)}`)
}

/** The length of the head, the head as JSON, the state. */
function serialize({ state, ...head }: StoredDocument): Buffer {
  const json = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  return Buffer.concat([length, json, state])
}

function parse(raw: Buffer | undefined): StoredDocument | undefined {
  if (!raw) return undefined
  const end = 4 + raw.readUInt32BE(0)
  return { ...JSON.parse(raw.subarray(4, end).toString()), state: raw.subarray(end) }
}
