import { hkdfSync, randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes of a key. */
const length = 32

/** The key that everything signed by this server starts from. Made at the first start; nobody but the owner of the process can read it. */
export async function mainKey(dataFolder: string): Promise<Uint8Array> {
  const folder = join(dataFolder, 'secrets')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'key')
  const key = (await existing(path)) ?? (await make(path))
  if (key.byteLength !== length)
    throw new Error(`${path} is damaged. Delete it; everyone then has to open their documents again.`)
  return key
}

/** A key of its own for one purpose, so that what is signed for one is worth nothing for another. */
export const keyFor = (purpose: string, main: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', main, new Uint8Array(), `openwopi ${purpose}`, length))

async function existing(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function make(path: string): Promise<Uint8Array> {
  const key = randomBytes(length)
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(key)
    await file.sync()
  } finally {
    await file.close()
  }
  return key
}
