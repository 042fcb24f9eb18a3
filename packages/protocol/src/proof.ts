import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { checkPublicKey, type KeyPair, type ProofKeys, type PublicKey } from './public-key.ts'

export { type KeyPair, type ProofKeys, type PublicKey, publicKeyBlob } from './public-key.ts'

/** What a client signs. */
export interface Signed {
  readonly token: string
  /** The whole address as the client sent it, query included. */
  readonly url: string
  /** The number in X-WOPI-TimeStamp: 100-nanosecond steps since the year 1. */
  readonly timestamp: bigint
}

/** A signed request: what was signed, and what the headers X-WOPI-Proof and X-WOPI-ProofOld say. */
export interface SignedRequest extends Signed {
  readonly proof: string
  readonly proofOld?: string | undefined
}

/** Which signature held: `old-header` and `old-key` mean that the discovery document at hand is not the client's latest. */
export type ProofMatch = 'current' | 'old-header' | 'old-key'

/** The keys a client signs with. */
export interface SigningKeys {
  readonly current: KeyObject
  readonly old?: KeyObject | undefined
}

/** The headers that carry a proof. */
export interface ProofHeaders extends Record<string, string> {
  readonly 'X-WOPI-Proof': string
  readonly 'X-WOPI-ProofOld': string
  readonly 'X-WOPI-TimeStamp': string
}

const ticksAtEpoch = 621_355_968_000_000_000n
const ticksPerMillisecond = 10_000n

/** Milliseconds since the epoch as a time stamp. */
export const toTicks = (milliseconds: number): bigint =>
  BigInt(Math.trunc(milliseconds)) * ticksPerMillisecond + ticksAtEpoch

/** A time stamp as milliseconds since the epoch. */
export const fromTicks = (ticks: bigint): number => Number((ticks - ticksAtEpoch) / ticksPerMillisecond)

/** The number in an X-WOPI-TimeStamp header. `undefined`: it is none of 64 bits. */
export function readTicks(raw: string): bigint | undefined {
  if (!/^\d{1,19}$/.test(raw)) return undefined
  const ticks = BigInt(raw)
  return ticks < 1n << 63n ? ticks : undefined
}

/** The bytes that are signed: token, address in upper case and time stamp, each after its length. */
export const proofPayload = ({ url, ...signed }: Signed): Uint8Array =>
  proofParts({ ...signed, url: url.toUpperCase() })

/** The same with the address as it is given, for those who look for a mistake. */
export function proofParts({ token, url, timestamp }: Signed): Uint8Array {
  const encoder = new TextEncoder()
  const ofToken = encoder.encode(token)
  const ofUrl = encoder.encode(url)
  const payload = new Uint8Array(4 + ofToken.length + 4 + ofUrl.length + 4 + 8)
  const view = new DataView(payload.buffer)
  const urlAt = 4 + ofToken.length
  const timestampAt = urlAt + 4 + ofUrl.length
  view.setUint32(0, ofToken.length)
  payload.set(ofToken, 4)
  view.setUint32(urlAt, ofUrl.length)
  payload.set(ofUrl, urlAt + 4)
  view.setUint32(timestampAt, 8)
  view.setBigInt64(timestampAt + 4, timestamp)
  return payload
}

/** Whether a client that publishes `keys` signed the request. `undefined`: it did not. How old it is, is the caller's to judge. */
export function verifyProof(request: SignedRequest, { others, ...first }: ProofKeys): ProofMatch | undefined {
  const payload = proofPayload(request)
  let found = matchOf(request, payload, first)
  for (const pair of others ?? []) if (found !== 'current') found = matchOf(request, payload, pair) ?? found
  return found
}

function matchOf(request: SignedRequest, payload: Uint8Array, { current, old }: KeyPair): ProofMatch | undefined {
  if (isSignedWith(current, payload, request.proof)) return 'current'
  if (isSignedWith(current, payload, request.proofOld)) return 'old-header'
  // The old header under the old key proves nothing: whoever stole that key could have made it.
  if (old && isSignedWith(old, payload, request.proof)) return 'old-key'
  return undefined
}

/** The headers that prove who sends a request. `now` is in milliseconds since the epoch. */
export function signProof(
  request: { readonly token: string; readonly url: string; readonly now: number },
  { current, old = current }: SigningKeys,
): ProofHeaders {
  const timestamp = toTicks(request.now)
  const payload = proofPayload({ ...request, timestamp })
  return {
    'X-WOPI-Proof': sign('RSA-SHA256', payload, current).toString('base64'),
    'X-WOPI-ProofOld': sign('RSA-SHA256', payload, old).toString('base64'),
    'X-WOPI-TimeStamp': String(timestamp),
  }
}

/** The public half of a key, as discovery prints it. */
export function exportPublicKey(key: KeyObject): PublicKey {
  const half = key.type === 'private' ? createPublicKey(key) : key
  // To write it as a JWK, Node.js takes a lock that it takes again when it collects what has generated the key: of a key
  // that was just generated, it would wait for itself. One that is read anew has a lock of its own.
  const der = half.export({ type: 'spki', format: 'der' })
  const { n, e } = createPublicKey({ key: der, type: 'spki', format: 'der' }).export({ format: 'jwk' })
  if (typeof n !== 'string' || typeof e !== 'string') throw new TypeError('a proof key is an RSA key')
  return { modulus: base64Of(n), exponent: base64Of(e) }
}

/** A key from discovery, ready to verify with. Throws a `SyntaxError` for one that no honest client publishes. */
export function importPublicKey(key: PublicKey): KeyObject {
  checkPublicKey(key)
  return createPublicKey({
    key: { kty: 'RSA', n: base64urlOf(key.modulus), e: base64urlOf(key.exponent) },
    format: 'jwk',
  })
}

// Making a key ready costs as much as verifying with it. What is remembered follows from the key alone.
const ready = new WeakMap<PublicKey, KeyObject>()

function readyKey(key: PublicKey): KeyObject {
  const known = ready.get(key) ?? importPublicKey(key)
  ready.set(key, known)
  return known
}

const signatureShape = /^[A-Za-z0-9+/]{4,1400}={0,2}$/

function isSignedWith(key: PublicKey, payload: Uint8Array, signature: string | undefined): boolean {
  if (signature === undefined || !signatureShape.test(signature)) return false
  return verify('RSA-SHA256', payload, readyKey(key), Buffer.from(signature, 'base64'))
}

const base64Of = (base64url: string): string => Buffer.from(base64url, 'base64url').toString('base64')
/** Leading zeros, which some encoders put before a high bit, have no place in a JWK. */
const base64urlOf = (base64: string): string => {
  const bytes = Buffer.from(base64, 'base64')
  return bytes.subarray(bytes.findIndex((byte) => byte !== 0)).toString('base64url')
}
