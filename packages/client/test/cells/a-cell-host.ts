import type { IncomingMessage } from 'node:http'
import {
  type CellContent,
  type CellFile,
  type CellStorageOptions,
  createCellStorage,
  memoryCellLocks,
  memoryCellStore,
  memoryEditorsTables,
} from '@openwopi/cell-storage'
import { type CellsOptions, createClient, openCells } from '../../src/index.ts'
import { aServer } from '../a-server.ts'

/** A file in memory that may be changed by another way. */
function aFile(first?: Uint8Array) {
  let [held, count] = [first, 1]
  const state = () => held && { version: `v${count}`, size: held.byteLength, modifiedAt: 1_700_000_000_000 }
  const content: CellContent = {
    find: async () => state(),
    read: async (version) => (version === state()?.version ? held : undefined),
    async write(from, pieces) {
      if (from !== state()?.version) return undefined
      held = Buffer.concat(pieces)
      count++
      return state()
    },
  }
  return {
    content,
    bytes: () => held && Buffer.from(held),
    change(next: Uint8Array) {
      held = next
      count++
    },
  }
}

/** A host that offers nothing but the cells of one file, over HTTP. Who asks is what their token says. */
export async function aCellHost(
  first?: Uint8Array,
  { offers = {}, ...options }: Partial<CellStorageOptions> & { readonly offers?: Partial<CellFile> } = {},
) {
  const file = aFile(first)
  const errors: unknown[] = []
  const sizes: number[] = []
  const storage = createCellStorage({
    store: memoryCellStore(),
    locks: memoryCellLocks(),
    editors: memoryEditorsTables(),
    onError: (error) => errors.push(error),
    ...options,
  })
  const { url } = await aServer(async (req, res) => {
    const body = await bodyOf(req)
    sizes.push(body.byteLength)
    const name = new URL(req.url ?? '', 'http://host').searchParams.get('access_token') ?? ''
    const caller = { login: name, name, isAnonymous: false, canWrite: name !== 'reader' }
    const isCobalt = req.headers['x-wopi-override'] === 'COBALT'
    const about = { file: '1', content: file.content, ...offers }
    const answer = isCobalt ? await storage.answer({ ...about, body, caller }) : undefined
    res.writeHead(answer?.status ?? 501, { 'Content-Type': answer?.contentType ?? 'text/plain' })
    res.end([...(answer?.body ?? [])].join(''))
  })
  return {
    file,
    errors,
    /** How long each request was, in bytes. */
    sizes,
    cells: (name = 'ann', cellsOptions: CellsOptions = {}) =>
      openCells(createClient({ wopiSrc: `${url}/wopi/files/1`, accessToken: name }), cellsOptions),
  }
}

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
