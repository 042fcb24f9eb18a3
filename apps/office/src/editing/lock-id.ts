import { createHmac, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readIfThere } from '../read-if-there.ts'
import { writeAtomically } from '../write-atomically.ts'

/**
 * The lock id of each file, the same one after every restart: a lock that a crash left behind is then one's own, and
 * nobody waits half an hour for it. The key makes the ids of one office strange to every other.
 */
export async function lockIds(dataFolder: string): Promise<(wopiSrc: string) => string> {
  const path = join(dataFolder, 'lock-key')
  const key = (await readIfThere(path)) ?? (await makeKey(path))
  return (wopiSrc) => `openwopi-${createHmac('sha256', key).update(wopiSrc).digest('base64url').slice(0, 27)}`
}

async function makeKey(path: string): Promise<Buffer> {
  const key = randomBytes(32)
  await writeAtomically(path, key)
  return key
}
