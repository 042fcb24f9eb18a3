import { type PickedAction, type ProofKeys, pickAction } from '@openwopi/protocol'
import type { ClientConfig, Preference } from '../config.ts'
import { type DiscoverySource, type DiscoverySourceOptions, discoverySource } from './discovery-source.ts'
import { findServices, type Services } from './services.ts'

/** Which file shall be opened, and how. */
export interface Opening {
  /** Without its dot. */
  readonly extension: string
  readonly wanted: 'view' | 'edit' | 'formsubmit' | 'convert'
  readonly canWrite: boolean
  readonly isEmpty?: boolean
  /** The client to open it in. Absent: of those that can do what is wanted, the preferred one, or else the first. */
  readonly client?: string
}

/** A client, and what it will do with a file. */
export interface Editor {
  readonly client: ClientConfig
  readonly picked: PickedAction
}

/** The configured clients and what each can do. */
export interface Editors {
  readonly clients: readonly ClientConfig[]
  /** `undefined`: no client opens such files, or none that can be asked. */
  editorFor(opening: Opening): Editor | undefined
  /** What a client names for people who edit such files together. Without a client: the only one there is. */
  servicesOf(client: string | undefined, extension: string): Services | undefined
  /** Clients whose discovery document could not be read the last time, and why. */
  away(): readonly { readonly client: ClientConfig; readonly why: string; readonly isKnown: boolean }[]
  /** The keys a client signs with. `undefined`: it publishes none, or they are not known yet. */
  keysOf(client: string): ProofKeys | undefined
  isKnown(client: string): boolean
  /** Reads a client's discovery document again, at most once a minute. `true`: it has been read. */
  refresh(client: string): Promise<boolean>
  /** Resolves when every client has been asked once. */
  readonly ready: Promise<unknown>
  close(): void
}

/** How the discovery documents of clients are read, and which client is preferred for which files. */
export interface EditorsOptions extends Omit<DiscoverySourceOptions, 'name' | 'url'> {
  readonly preferences?: readonly Preference[] | undefined
  /** Whether the host speaks cell storage. Absent: it does not. */
  readonly hasCells?: boolean
}

export function createEditors(
  clients: readonly ClientConfig[],
  { preferences = [], hasCells = false, ...options }: EditorsOptions,
): Editors {
  /** What this host has operations for: the actions that need more than these are not offered. */
  const offers: ReadonlySet<string> = new Set(['locks', 'update', ...(hasCells ? ['cobalt'] : [])])
  const sources = clients.map((client) => ({
    client,
    source: discoverySource({ ...options, name: client.name, url: discoveryUrl(client.url) }),
  }))
  const sourceOf = (name: string): DiscoverySource | undefined =>
    sources.find(({ client }) => client.name === name)?.source

  /** The first preference for the extension that names the client; without one, after all of them. */
  const rank = (extension: string, { name }: ClientConfig): number => {
    const at = preferences.findIndex((one) => one.client === name && one.extension === extension.toLowerCase())
    return at < 0 ? preferences.length : at
  }

  const editorsFor = ({ client: wantedClient, isEmpty = false, ...opening }: Opening): Editor[] =>
    sources.flatMap(({ client, source }) => {
      const discovery = wantedClient === undefined || wantedClient === client.name ? source.current() : undefined
      const picked = discovery && pickAction(discovery, { ...opening, offers, fileIsEmpty: isEmpty })
      return picked ? [{ client, picked }] : []
    })

  const services = findServices(offers)

  return {
    clients,
    editorFor(opening) {
      const { extension } = opening
      const found = editorsFor(opening).sort((a, b) => rank(extension, a.client) - rank(extension, b.client))
      const isWanted = ({ picked }: Editor) => opening.wanted === 'view' || !picked.isReadOnly
      return found.find(isWanted) ?? found[0]
    },
    servicesOf(client, extension) {
      const only = clients.length === 1 ? clients[0]?.name : undefined
      const discovery = sourceOf(client ?? only ?? '')?.current()
      return discovery && services(discovery, extension)
    },
    away: () =>
      sources.flatMap(({ client, source }) => {
        const why = source.failure()
        return why === undefined ? [] : [{ client, why, isKnown: source.current() !== undefined }]
      }),
    keysOf: (name) => sourceOf(name)?.current()?.proofKeys,
    isKnown: (name) => sourceOf(name)?.current() !== undefined,
    refresh: async (name) => (await sourceOf(name)?.refresh()) ?? false,
    ready: Promise.all(sources.map(({ source }) => source.ready)),
    close() {
      for (const { source } of sources) source.close()
    },
  }
}

/** Whoever gives only the address of a client means the place where all of them keep their discovery document. */
function discoveryUrl(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname === '/' && search === '' ? new URL('/hosting/discovery', url).href : url
}

/** The extension of a name, without its dot and in lower case. */
export const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
