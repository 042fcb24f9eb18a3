import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { SigningKeys } from '@openwopi/protocol/proof'
import { CommandError } from './command-error.ts'
import { fileFailure } from './file-failure.ts'

const block = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?-----END \1-----/g

/** Reads the keys that a client signs with from a file of PEM: first the current one, then, if there is one, the old. */
export async function readProofKeys(path: string): Promise<SigningKeys> {
  const pem = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw fileFailure(path, 'read', error)
  })
  const [current, old] = (pem.match(block) ?? []).map((text) => keyIn(path, text))
  if (!current) throw new CommandError(`${path} holds no private key in PEM.`)
  return { current, ...(old && { old }) }
}

function keyIn(path: string, text: string): KeyObject {
  try {
    const key = createPrivateKey(text)
    if (key.asymmetricKeyType === 'rsa') return key
  } catch (cause) {
    throw new CommandError(`${path} holds a private key that cannot be read; it may be encrypted.`, 1, { cause })
  }
  throw new CommandError(`${path} holds a private key that is not RSA, as proof keys are.`)
}
