import { readFile, realpath, stat } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import type { Config } from '../config.ts'
import { type KeyRing, readKeys } from './keys.ts'

/** Where keys are read from, and what they must be kept apart from. */
export type KeyPlaces = Pick<Config, 'folder' | 'dataFolder' | 'secureStoreKey' | 'secureStoreKeyFile'>

/** The keys that are configured. `undefined`: none are. Throws a sentence that says what to do, without any of a key. */
export async function readKeyRing({ secureStoreKey, ...places }: KeyPlaces): Promise<KeyRing | undefined> {
  const { secureStoreKeyFile: path } = places
  if (secureStoreKey === undefined)
    return path === undefined ? undefined : readKeys(await readKeyFile(path, places), path)
  if (path === undefined) return readKeys(secureStoreKey, 'OPENWOPI_SECURE_STORE_KEY')
  throw new Error(
    'Keys are given both by OPENWOPI_SECURE_STORE_KEY and by --secure-store-key-file. Leave one of them out.',
  )
}

/** Whether somebody other than its owner and the group can read the key file. */
export const isReadByOthers = async (path: string): Promise<boolean> =>
  process.platform !== 'win32' && ((await stat(path)).mode & 0o004) !== 0

async function readKeyFile(path: string, { folder, dataFolder }: KeyPlaces): Promise<string> {
  const real = await realpath(path).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT'
      ? new Error(`There is no key file ${path}. Make one with: openwopi secret new-key ${path}`, { cause })
      : new Error(`The key file ${path} cannot be read (${cause.code}).`, { cause })
  })
  for (const place of [folder, dataFolder]) {
    if (isInside(real, await realpath(place).catch(() => place)))
      throw new Error(
        `The key file ${path} lies in ${place}, so that whoever gets hold of a copy of that has key and credentials. Keep it elsewhere.`,
      )
  }
  return readFile(real, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`The key file ${path} cannot be read (${cause.code}).`, { cause })
  })
}

/** Whether `path` lies in `folder`; both absolute and real. */
function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && way !== path
}
