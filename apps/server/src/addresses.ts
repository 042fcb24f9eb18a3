import { networkInterfaces } from 'node:os'
import { hasBuiltIn } from './clients/configured.ts'
import type { Config } from './config.ts'

/** Under which addresses a server is known, without a trailing slash. */
export interface Addresses {
  /** Works from this machine. */
  readonly local: string
  /** As browsers know it. */
  readonly public: string
  /** As WOPI clients know it. */
  readonly callback: string
}

/** Whether only programs of this machine reach what listens there. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)

/** Whether not only programs of this machine are meant to reach a server. */
export const isForOthers = ({ host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>): boolean =>
  !isLoopback(host) || (publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname))

const isWildcard = (host: string) => host === '0.0.0.0' || host === '::' || host === ''

const originOf = (host: string, port: number) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`

/** Where something that is bound to `host` and `port` is reached from this machine. */
export function localOrigin(host: string, port: number): string {
  if (host === '::') return originOf('::1', port)
  return originOf(isWildcard(host) ? '127.0.0.1' : host, port)
}

/** The addresses of the host once it listens on `port`. */
export function addressesOf(config: Config, port: number): Addresses {
  const local = localOrigin(config.host, port)
  const publicUrl = config.publicUrl ?? local
  return { local, public: publicUrl, callback: config.callbackUrl ?? publicUrl }
}

/** Where clients reach the WOPI host: what every WOPISrc starts with. */
export const wopiUrl = ({ callback }: Addresses): string => `${callback}/wopi`

/** Where programs with a token of an authorization server reach the way in: beside the WOPI host. */
export const bootstrapperUrl = (addresses: Addresses): string => `${wopiUrl(addresses)}bootstrapper`

/** Where browsers reach the built-in office client once it listens on `port`: beside the host, unless said otherwise. */
export function officeAddress(config: Config, port: number): string {
  if (config.officeUrl !== undefined) return config.officeUrl
  if (config.publicUrl === undefined) return localOrigin(config.host, port)
  return `http://${new URL(config.publicUrl).hostname}:${port}`
}

/** Where other servers of the same database reach what listens on `port` of this one. */
export const nodeOrigin = ({ host, nodeAddress }: Pick<Config, 'host' | 'nodeAddress'>, port: number): string =>
  originOf(nodeAddress ?? (isWildcard(host) ? (lanAddress() ?? '127.0.0.1') : host), port)

/** Refuses combinations in which some address would not work for anybody. The message says what to add. */
export function checkAddresses(config: Config): void {
  checkPath(config)
  if (isWildcard(config.host) && config.publicUrl === undefined) {
    throw new Error(
      `On ${config.host || 'every address'}, links need to know under which name this machine is reached. Add for example: --public-url ${originOf(lanAddress() ?? 'my-machine.example.org', config.port || 8080)}`,
    )
  }
  if (config.publicUrl?.startsWith('https:') && hasBuiltIn(config) && config.officeUrl === undefined) {
    throw new Error(
      'Behind an https address, the built-in office client needs one of its own, as browsers load no http page inside an https page. Add for example: --office-url https://office.example.org (and lead it to the office port)',
    )
  }
}

/** Where the pages and what they load lie: a path that begins so could not be told from these once it is cut off. */
const ownPaths = 'admin api assets download failed-saves folder open r s sign-in trash'.split(' ')

function checkPath({ publicUrl }: Config): void {
  const first = publicUrl === undefined ? '' : (new URL(publicUrl).pathname.split('/')[1] ?? '')
  if (!ownPaths.includes(first)) return
  throw new Error(
    `The server's own pages lie under /${first}, so it cannot lie there itself. Choose another path for --public-url.`,
  )
}

const lanAddress = (): string | undefined =>
  Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)?.address
