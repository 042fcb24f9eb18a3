import { memoryFolders, type StoredFile } from '@openwopi/host'
import { describe, test } from 'vitest'
import { cellFileContract } from '../../src/contract/index.ts'
import { hostFile } from '../../src/host/host-file.ts'
import { newFile } from '../../src/host/new-file.ts'
import { memoryCellLocks, memoryCellStore, memoryEditorsTables } from '../../src/index.ts'

const user = { id: 'ann', name: 'Ann' }

/** A storage that keeps what files were. */
function kept() {
  const { storage } = memoryFolders()
  const states = new Map<string, { file: StoredFile; bytes: Uint8Array }[]>()
  const keep = async (file: StoredFile | undefined) => {
    if (!file) return undefined
    const chunks: Uint8Array[] = []
    for await (const chunk of (await storage.read(file)) ?? []) chunks.push(chunk)
    states.set(file.id, [{ file, bytes: Buffer.concat(chunks) }, ...(states.get(file.id) ?? [])])
    return file
  }
  return {
    storage: {
      ...storage,
      create: async (...asked: Parameters<typeof storage.create>) => keep(await storage.create(...asked)),
      write: async (...asked: Parameters<typeof storage.write>) => keep(await storage.write(...asked)),
    },
    versions: {
      list: async (id: string) => (states.get(id) ?? []).map(({ file }) => ({ ...file, by: user })),
      async read(id: string, version: string) {
        const found = states.get(id)?.find(({ file }) => file.version === version)
        return found && flowing(found.bytes)
      },
    },
  }
}

async function* flowing(bytes: Uint8Array) {
  yield bytes
}

describe('A file of a host, as cell storage has it', () => {
  cellFileContract(test, async (bytes) => {
    const { storage, versions } = kept()
    const more = { storage, versions, user, canRename: true, isStillFree: async () => true, changed: () => undefined }
    if (!bytes) {
      const fileOf = (id: string) => hostFile(id, more)
      const made = { store: memoryCellStore(), locks: memoryCellLocks(), editors: memoryEditorsTables() }
      return newFile({ parentId: 'root', name: 'document.docx' }, { ...made, ...more, fileOf }).about
    }
    const file = await storage.create('root', ['document.docx'], flowing(bytes), { by: user })
    return hostFile(file?.id ?? '', more)
  })
})
