import {
  answerCells,
  type CellContent,
  type CellResponse,
  type CellScope,
  type CellStore,
  type Commit,
  type DataElement,
  type ExtendedGuid,
  fileToCells,
  flagsWith,
  isFault,
  type Knowledge,
  memoryCellStore,
  morePutFlags,
  noKnowledge,
  nullExtendedGuid,
  type PutChanges,
  putFlags,
  queryFlags,
  type StorageIndex,
  type SubRequest,
} from '../../src/index.ts'
import { guids } from './sample.ts'

type PutFlag = (typeof putFlags)[number]
type MorePutFlag = (typeof morePutFlags)[number]

const newGuid = guids()

/** What a file of these contents is answered from. */
export function scopeOf(
  content: CellContent,
  store: CellStore = memoryCellStore(),
  more: Partial<CellScope> = {},
): CellScope {
  return { content, store, file: '42', canWrite: true, maxBytes: 2 ** 24, newGuid, now: () => 0, ...more }
}

const about = { id: 1n, priority: 0n }
/** Query Changes of what is not known. */
export const query = (knowledge: Knowledge = noKnowledge): SubRequest => ({
  ...about,
  type: 'queryChanges',
  flags: flagsWith(queryFlags),
  filters: [],
  knowledge,
})

/** Put Changes with these fields and flags. */
export const put = (
  fields: Partial<PutChanges>,
  flags: readonly PutFlag[] = [],
  more: readonly MorePutFlag[] = [],
): SubRequest => ({
  ...about,
  type: 'putChanges',
  index: nullExtendedGuid,
  expected: nullExtendedGuid,
  flags: flagsWith(putFlags, flags),
  ...(more.length > 0 && { more: flagsWith(morePutFlags, more) }),
  ...fields,
})

export const ask = (scope: CellScope, subRequests: readonly SubRequest[], elements: readonly DataElement[] = []) =>
  answerCells({ version: 12, subRequests, elements }, scope)

/** How each part of a request ended: by the name of its result, or by the number of its fault. */
export const endings = (response: CellResponse) =>
  response.fault
    ? [response.fault.code]
    : response.subResponses.map(({ outcome }) => (isFault(outcome) ? outcome.code : outcome.type))

export const idOf = (value: number): ExtendedGuid => `dddddddd-2222-3333-4444-555555555555:${value}`

/** A commit as the elements and the index of a put. */
export function asPut({ manifest, cells, revisions, elements }: Commit, index = idOf(1)): DataElement[] {
  const body: StorageIndex = {
    type: 'storageIndex',
    ...(manifest && { manifest: { element: manifest, serial: undefined } }),
    cells: [...cells].map(([cell, element]) => ({ cell, element, serial: undefined })),
    revisions: [...revisions].map(([revision, element]) => ({ revision, element, serial: undefined })),
  }
  return [
    ...[...elements].map((element) => ({ ...element, serial: undefined })),
    { id: index, serial: undefined, body },
  ]
}

/** What a client makes of a file that it wants to have. `author` tells its ids from those of others. */
export const elementsFor = (text: string, author = 'ann', index = idOf(1)) =>
  asPut(fileToCells(author, Buffer.from(text)), index)

/** A put of a file, expected to follow the index `expected`. */
export const putting = (expected: DataElement | undefined, flags: readonly PutFlag[] = []) =>
  put({ index: idOf(1), expected: expected?.id ?? nullExtendedGuid }, flags)

/** The index that holds now. */
export async function indexNow(scope: CellScope): Promise<DataElement> {
  const response = await ask(scope, [query()])
  const index = response.fault ? undefined : response.elements?.find(({ body }) => body.type === 'storageIndex')
  if (!index) throw new Error('there is no index')
  return index
}
