import { randomBytes, randomUUID } from 'node:crypto'
import { open, readFile, realpath, rename, rm } from 'node:fs/promises'
import { keyLength, readKeys } from './keys.ts'

/** Puts a new key before those in the file at `path`, or makes the file; how many keys it holds now. */
export async function newKey(path: string): Promise<number> {
  try {
    return await prepend(path)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause)
      throw new Error(
        `The key file ${path} cannot be written (${cause.code}). Name one in a folder that is there and yours.`,
        { cause },
      )
    throw cause
  }
}

async function prepend(path: string): Promise<number> {
  const place = await realpath(path).catch(unlessMissing)
  const before = place === undefined ? '' : await readFile(place, 'utf8')
  // A file that holds something else was meant for something else.
  if (before.trim() !== '') readKeys(before, path)
  const text = `${randomBytes(keyLength).toString('base64')}\n${before.trim() === '' ? '' : `${before.trim()}\n`}`
  await replace(place ?? path, text)
  return text.trim().split(/[\s,]+/).length
}

/** The file holds either what it held before or all of `text`, whatever happens: no key is ever lost. */
async function replace(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } finally {
    await rm(temporary, { force: true })
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
