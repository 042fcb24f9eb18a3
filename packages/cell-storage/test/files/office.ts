import {
  type Caller,
  type CellFile,
  createCellStorage,
  type MemoryFileOptions,
  memoryCellFile,
  memoryCellLocks,
  memoryCellStore,
  memoryEditorsTables,
} from '../../src/index.ts'
import { bare, collection, version } from '../envelope/bodies.ts'

const people = { ann: 'Ann', bob: 'Bob' } as const

/** A server with one file, of which several people ask something, and what it answers: text, and error codes. */
export function office({
  wopiLock,
  ...given
}: Partial<MemoryFileOptions> & { wopiLock?: { id: string; userName: string } } = {}) {
  const clock = { now: 1_700_000_000_000 }
  const now = () => clock.now
  const file = memoryCellFile({ by: { login: 'ann', name: 'Ann', email: 'ann@example.org' }, now, ...given })
  const storage = createCellStorage({
    store: memoryCellStore(),
    locks: memoryCellLocks(async () => wopiLock),
    editors: memoryEditorsTables(),
    now,
  })
  const callerOf = (login: keyof typeof people): Caller => ({
    ...{ login, name: people[login], isAnonymous: false, canWrite: true },
  })
  /** The whole answer to one request with these attributes. */
  async function askAs({ subRequests, attributes }: { subRequests: string; attributes: string }) {
    const body = Buffer.from(version + collection(subRequests, `RequestToken="1" ${attributes}`))
    const answered = await storage.answer({ body, file: '42', caller: callerOf('ann'), ...file })
    return [...answered.body].join('')
  }
  async function ask(subRequest: string, who: Partial<Caller> & { offers?: Partial<CellFile> } = {}) {
    const { offers = file, ...more } = who
    const login = (more.login ?? 'ann') as keyof typeof people
    const caller: Caller = { ...callerOf(login), ...more }
    const body = Buffer.from(bare(subRequest))
    const answered = await storage.answer({ body, file: '42', caller, ...offers, content: file.content })
    const answer = [...answered.body].join('')
    return { answer, code: /<SubResponse [^>]*ErrorCode="(\w+)"/.exec(answer)?.[1] }
  }
  return { clock, file, ask, askAs }
}

/** A sub-request with these attributes of its data, and what is in them. */
export const subRequest = (type: string, attributes: Readonly<Record<string, string>> = {}, inside = '') =>
  `<SubRequest Type="${type}" SubRequestToken="1"><SubRequestData ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ')}>${inside}</SubRequestData></SubRequest>`
