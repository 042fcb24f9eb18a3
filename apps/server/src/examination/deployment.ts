import type { Site } from '../site.ts'

/** How a server is set up, for the program on this machine that examines it. */
export interface Deployment {
  readonly folder: string
  /** Addresses as in `Addresses`. */
  readonly local: string
  readonly public: string
  readonly callback: string
  readonly trustedProxies: readonly string[]
  readonly clients: readonly DeployedClient[]
  /** As configured; `null`: not at all. */
  readonly proof: 'off' | 'if-present' | 'required' | null
  /** Milliseconds since the epoch, by the clock of the server. */
  readonly now: number
}

/** A client as the server knows it. */
export interface DeployedClient {
  readonly name: string
  /** The address of its discovery document. */
  readonly url: string
  readonly profile: string
  /** Why the server could not read its discovery document the last time; `null`: it could. */
  readonly away: string | null
}

/** How `site` is set up. */
export function deploymentOf({ config, addresses, editors, now }: Site): Deployment {
  const away = new Map(editors.away().map(({ client, why }) => [client.name, why]))
  return {
    folder: config.folder,
    ...addresses,
    trustedProxies: config.trustedProxies,
    clients: editors.clients.map(({ name, url, profile }) => ({ name, url, profile, away: away.get(name) ?? null })),
    proof: config.proof ?? null,
    now: now(),
  }
}
