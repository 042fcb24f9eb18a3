import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { ProofKeys as PublishedKeys } from '@openwopi/protocol'
import { exportPublicKey, signProof } from '@openwopi/protocol/proof'
import type { SecretPlace } from './secret-place.ts'

export interface ProofKeys {
  /** What discovery says, so that hosts can tell this client's requests from others. */
  published(): PublishedKeys
  /** The proof headers of a request. */
  sign(request: { readonly url: string; readonly token: string }): Record<string, string>
  /** Signs with a new key from now on. The present one stays published until the next rotation. */
  rotate(): Promise<void>
  /** Goes on with what another node may have made of the keys. */
  refresh(): Promise<void>
}

interface Pair {
  readonly current: KeyObject
  readonly old?: KeyObject
}

const generate = promisify(generateKeyPair)

/** The keys kept in `place`, made at the first start. */
export async function proofKeys(place: SecretPlace, now: () => number): Promise<ProofKeys> {
  let text = (await place.read()) ?? (await place.begin(written({ current: await newKey() })))
  let keys = read(text)
  return {
    published: () => ({ current: publicHalf(keys.current), ...(keys.old && { old: publicHalf(keys.old) }) }),
    sign: ({ url, token }) => ({ ...signProof({ token, url, now: now() }, keys) }),
    async rotate() {
      const next = { current: await newKey(), old: keys.current }
      await place.replace(written(next))
      keys = next
    },
    async refresh() {
      const found = await place.read()
      if (found === undefined || found === text) return
      text = found
      keys = read(found)
    },
  }
}

const publicHalf = (key: KeyObject) => exportPublicKey(createPublicKey(key))

const newKey = async (): Promise<KeyObject> => (await generate('rsa', { modulusLength: 2048 })).privateKey

function read(text: string): Pair {
  const { current, old }: { current: string; old?: string } = JSON.parse(text)
  return { current: createPrivateKey(current), ...(old && { old: createPrivateKey(old) }) }
}

function written({ current, old }: Pair): string {
  const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' })
  return JSON.stringify({ current: pem(current), ...(old && { old: pem(old) }) })
}
