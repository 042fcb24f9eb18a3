import { createHash } from 'node:crypto'
import { type KeyPair, type PublicKey, pairsOf, publicKeyBlob } from '@openwopi/protocol'
import type { AdminClient, AdminClients, AdminKeys } from '../api.ts'
import type { Site } from '../site.ts'

/** The configured clients: where they are, whether they answer, and what they sign with. */
export function describeClients({ editors, config }: Pick<Site, 'editors' | 'config'>): AdminClients {
  const away = new Map(editors.away().map(({ client, why }) => [client.name, why]))
  return {
    proof: config.proof ?? 'required of clients that publish keys',
    items: editors.clients.map((client): AdminClient => {
      const { name, url, profile } = client
      const why = away.get(name)
      const keys = editors.keysOf(name)
      return {
        ...{ name, url, profile, isKnown: editors.isKnown(name), keys: keys ? pairsOf(keys).map(fingerprints) : [] },
        ...(why !== undefined && { why }),
      }
    }),
  }
}

const fingerprints = ({ current, old }: KeyPair): AdminKeys => ({
  current: fingerprint(current),
  ...(old && { old: fingerprint(old) }),
})

/** Short enough to be compared by eye. */
const fingerprint = ({ modulus, exponent }: PublicKey): string =>
  createHash('sha256').update(publicKeyBlob({ modulus, exponent })).digest('hex').slice(0, 16)
