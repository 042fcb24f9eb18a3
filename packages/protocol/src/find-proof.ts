import { constants, createHash, publicDecrypt } from 'node:crypto'
import { importPublicKey, proofParts, type SignedRequest } from './proof.ts'
import {
  addressOf,
  type ProofChange,
  type ProofForm,
  type ProofHints,
  type ProofVariant,
  proofForm,
  proofVariants,
  signedAddressOf,
} from './proof-forms.ts'
import { type ProofKeys, type PublicKey, pairsOf } from './public-key.ts'

export type { ProofChange, ProofChangeKind, ProofHints } from './proof-forms.ts'

/** A signature that one of a client's keys has made, whatever it is over. */
export interface KeySignature {
  readonly header: 'X-WOPI-Proof' | 'X-WOPI-ProofOld'
  readonly key: 'current' | 'old'
  /** Which of the client's pairs of keys; 0 is the first. */
  readonly pair: number
}

/** What a signature was found to be over. */
export interface SignedForm {
  readonly signature: KeySignature
  readonly url: string
  readonly token: string
  /** How it differs from the request as it was given. Empty: not at all. */
  readonly changes: readonly ProofChange[]
}

/** What can be found out about the proof of a request. */
export interface ProofFinding {
  /** The signatures that the client's keys have made. Empty: the client, as far as its keys are known, has signed nothing of this. */
  readonly signatures: readonly KeySignature[]
  /** Absent: nothing that was tried. */
  readonly match?: SignedForm
}

/** How far to look. */
export interface ProofSearch extends ProofHints {
  /** How many changes are tried at once, at most; default 3. */
  readonly changes?: number
}

interface Recovered extends KeySignature {
  /** What was signed, as the hash inside of the signature. */
  readonly digest: string
}

/**
 * Finds out what the signatures of a request are over, if not over the request as it is given: which key made them, and
 * which other form of address or token they would hold for. For people who look for the reason; a host that goes by
 * what this finds would take requests that are not meant for it.
 */
export function findProof(request: SignedRequest, keys: ProofKeys, search: ProofSearch = {}): ProofFinding {
  const recovered = signaturesOf(request, keys)
  const signatures = recovered.map(({ digest: _, ...signature }) => signature)
  const form = proofForm(request.url, request.token)
  if (recovered.length === 0 || !form) return { signatures }
  const byDigest = new Map(recovered.toReversed().map((each) => [each.digest, each]))
  for (const { form: tried, changes, digest } of formsOf(form, request.timestamp, search)) {
    const found = byDigest.get(digest)
    if (!found) continue
    const { digest: _, ...signature } = found
    const says = changes.map(({ kind, says }) => ({ kind, says }))
    return { signatures, match: { signature, url: addressOf(tried), token: tried.token, changes: says } }
  }
  return { signatures }
}

/** What is inside of those signatures that the client's keys have made. The ones that a host accepts come first. */
function signaturesOf({ proof, proofOld = '' }: SignedRequest, keys: ProofKeys): Recovered[] {
  const headers = [
    ['X-WOPI-Proof', proof],
    ['X-WOPI-ProofOld', proofOld],
  ] as const
  const found = pairsOf(keys).flatMap((pair, at) =>
    (['current', 'old'] as const).flatMap((key) =>
      headers.flatMap(([header, value]): Recovered[] => {
        const digest = pair[key] && recover(value, pair[key])
        return digest === undefined ? [] : [{ header, key, pair: at, digest }]
      }),
    ),
  )
  return found.sort((a, b) => Number(provesNothing(a)) - Number(provesNothing(b)))
}

/** The old header under the old key is accepted nowhere: whoever stole that key could have made it. */
export const provesNothing = ({ header, key }: KeySignature): boolean => header === 'X-WOPI-ProofOld' && key === 'old'

/** What stands before a SHA-256 hash in a PKCS #1 signature. */
const sha256 = '3031300d060960864801650304020105000420'

/** The hash inside of a signature, in hexadecimal. `undefined`: this key has not made it. */
function recover(signature: string, key: PublicKey): string | undefined {
  try {
    const inside = publicDecrypt(
      { key: importPublicKey(key), padding: constants.RSA_PKCS1_PADDING },
      Buffer.from(signature, 'base64'),
    ).toString('hex')
    return inside.startsWith(sha256) && inside.length === sha256.length + 64 ? inside.slice(sha256.length) : undefined
  } catch {
    return undefined
  }
}

const digestOf = (form: ProofForm, timestamp: bigint): string =>
  createHash('sha256')
    .update(proofParts({ token: form.token, url: signedAddressOf(form), timestamp }))
    .digest('hex')

interface Tried {
  readonly form: ProofForm
  readonly digest: string
  readonly changes: readonly ProofVariant[]
}

/** The request as it is, then with one change, then with two … No form comes twice. */
function* formsOf(form: ProofForm, timestamp: bigint, { changes: most = 3, ...hints }: ProofSearch): Generator<Tried> {
  const variants = proofVariants(form, hints)
  const seen = new Set<string>()
  let level: Tried[] = [{ form, changes: [], digest: digestOf(form, timestamp) }]
  yield* level
  for (let count = 0; count < most; count++) {
    const next: Tried[] = []
    for (const [changed, changes] of withOneMore(level, variants)) {
      const tried = { form: changed, changes, digest: digestOf(changed, timestamp) }
      if (seen.has(tried.digest)) continue
      seen.add(tried.digest)
      next.push(tried)
      yield tried
    }
    level = next
  }
}

/** Each form with one change more, of another kind than those it has, and one that comes after them. */
function* withOneMore(
  level: readonly Tried[],
  variants: readonly ProofVariant[],
): Generator<[form: ProofForm, changes: readonly ProofVariant[]]> {
  for (const { form, changes } of level) {
    const last = changes.at(-1)
    for (const variant of variants.slice(last ? variants.indexOf(last) + 1 : 0)) {
      if (changes.some(({ kind }) => kind === variant.kind)) continue
      yield [{ ...form, ...variant.apply(form) }, [...changes, variant]]
    }
  }
}
