import { readIfThere } from './read-if-there.ts'
import type { SecretPlace } from './secret-place.ts'
import { writeAtomically } from './write-atomically.ts'

/** A secret in a file, for one node. */
export const secretFile = (path: string): SecretPlace => ({
  read: async () => (await readIfThere(path))?.toString(),
  async begin(secret) {
    await writeAtomically(path, secret)
    return secret
  },
  replace: (secret) => writeAtomically(path, secret),
})
