import { open, rename, rm } from 'node:fs/promises'

/**
 * Writes a file of lines, each a value as JSON, that only this user can read where `isPrivate`. It takes the place of what
 * was there once it is whole and on disk: one that breaks off leaves that.
 */
export async function writeLines(
  path: string,
  lines: AsyncIterable<object>,
  { isPrivate = false } = {},
): Promise<void> {
  const begun = path.replace(/\.jsonl$/, '.begun')
  await rm(begun, { force: true })
  const file = await open(begun, 'wx', isPrivate ? 0o600 : 0o666)
  try {
    for await (const line of lines) await file.write(`${JSON.stringify(line)}\n`)
    await file.sync()
  } catch (error) {
    await rm(begun, { force: true })
    throw error
  } finally {
    await file.close()
  }
  await rename(begun, path)
}
