import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ProofKeys as PublishedKeys } from '@openwopi/protocol'
import { exportPublicKey, signProof } from '@openwopi/protocol/proof'
import { readIfThere } from './read-if-there.ts'
import { writeAtomically } from './write-atomically.ts'

export interface ProofKeys {
  /** What discovery says, so that hosts can tell this client's requests from others. */
  published(): PublishedKeys
  /** The proof headers of a request. */
  sign(request: { readonly url: string; readonly token: string }): Record<string, string>
  /** Signs with a new key from now on. The present one stays published until the next rotation. */
  rotate(): Promise<void>
}

interface Pair {
  readonly current: KeyObject
  readonly old?: KeyObject
}

const generate = promisify(generateKeyPair)

/** The keys kept in `dataFolder`, made at the first start. */
export async function proofKeys(dataFolder: string, now: () => number): Promise<ProofKeys> {
  const path = join(dataFolder, 'proof-keys.json')
  let keys = (await load(path)) ?? (await store(path, { current: await newKey() }))
  return {
    published: () => ({ current: publicHalf(keys.current), ...(keys.old && { old: publicHalf(keys.old) }) }),
    sign: ({ url, token }) => ({ ...signProof({ token, url, now: now() }, keys) }),
    async rotate() {
      keys = await store(path, { current: await newKey(), old: keys.current })
    },
  }
}

const publicHalf = (key: KeyObject) => exportPublicKey(createPublicKey(key))

const newKey = async (): Promise<KeyObject> => (await generate('rsa', { modulusLength: 2048 })).privateKey

async function load(path: string): Promise<Pair | undefined> {
  const raw = await readIfThere(path)
  if (!raw) return undefined
  const stored: { current: string; old?: string } = JSON.parse(raw.toString())
  return { current: createPrivateKey(stored.current), ...(stored.old && { old: createPrivateKey(stored.old) }) }
}

async function store(path: string, keys: Pair): Promise<Pair> {
  const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' })
  await writeAtomically(path, JSON.stringify({ current: pem(keys.current), ...(keys.old && { old: pem(keys.old) }) }))
  return keys
}
