import { isIP } from 'node:net'
import { isAbsolute } from 'node:path'
import { type Feature, features, platforms } from '@openwopi/host'
import { z } from 'zod'
import { isLoopback } from '../addresses.ts'
import { builtIn } from '../clients/configured.ts'
import { didYouMean } from './nearest.ts'

/** Profiles of WOPI clients, as they are written on the command line. */
export const clientProfiles = ['microsoft365', 'collabora', 'onlyoffice', 'openwopi', 'generic'] as const

/** A check whose failure reads "… must be" and then `what`. */
const checked = <T>(what: string, read: (raw: string) => T | undefined) =>
  z.string().transform((raw, context): T => {
    const value = read(raw.trim())
    if (value !== undefined) return value
    context.addIssue(what)
    return z.NEVER
  })

export const wholeNumber = (least: number, most: number) =>
  checked(`a whole number from ${least} to ${most}`, (raw) => {
    const number = /^\d+$/.test(raw) ? Number(raw) : Number.NaN
    return number >= least && number <= most ? number : undefined
  })

/** Whether something is switched on, in any of the words that files and shells have for it. */
export const onOrOff = checked('on or off', (raw) => {
  if (/^(on|true|yes|1)$/i.test(raw)) return true
  return /^(off|false|no|0)$/i.test(raw) ? false : undefined
})

export const choice = <T extends string>(names: readonly T[]) =>
  checked(`one of ${names.join(', ')}`, (raw) => names.find((name) => name === raw))

export const folder = checked('the path of a folder', (raw) => raw || undefined)

/** A folder, or `off`. */
export const folderOrOff = checked('the path of a folder, or off', (raw) => raw || undefined)

/** An address to listen on. */
export const address = checked('an address such as 127.0.0.1, ::1 or 0.0.0.0, or a host name', (raw) =>
  isIP(raw) || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(raw) ? raw : undefined,
)

/** `https://example.org`, without a trailing slash. */
export const origin = checked('an address such as https://docs.example.org, without a path', (raw) => {
  const url = httpUrl(raw)
  return url?.pathname === '/' && !url.search && !url.hash ? url.origin : undefined
})

/** An address that secrets may be sent to, exactly as it was written: an issuer is compared letter by letter. */
export const secureAddress = checked(
  'an https address such as https://login.example.org (http only on this machine)',
  (raw) => {
    const url = httpUrl(raw)
    const isSecure = url?.protocol === 'https:' || (url && isLoopback(url.hostname))
    return isSecure && !url.hash && /^[!#-~]+$/.test(raw) ? raw : undefined
  },
)

/** `http://127.0.0.1:4318/v1/traces`. */
export const endpoint = checked('an address such as http://127.0.0.1:4318/v1/traces', (raw) => httpUrl(raw)?.href)

/** `9464`, or `10.0.0.5:9464`; a port alone is one of this machine. */
export const listeningAt = checked('a port, or an address and a port such as 10.0.0.5:9464', (raw) => {
  const [, host = '127.0.0.1', digits] =
    /^(?:(\[[\da-f:.]+\]|[a-z\d](?:[a-z\d.-]*[a-z\d])?):)?(\d{1,5})$/i.exec(raw) ?? []
  const port = Number(digits ?? Number.NaN)
  return port <= 65535 ? { host: host.replace(/^\[(.*)\]$/, '$1'), port } : undefined
})

/** The whole path of a program, or `off`. */
export const program = checked('the whole path of a program, or off', (raw) =>
  raw === 'off' || isAbsolute(raw) ? raw : undefined,
)

/** A name without spaces and quotes. */
export const word = checked('a name without spaces, quotes and accents', (raw) =>
  /^[!#-~]{1,500}$/.test(raw) ? raw : undefined,
)

/** A name as Office's list of providers has them. */
export const providerId = checked('letters, digits and _', (raw) => (/^\w{1,100}$/.test(raw) ? raw : undefined))

/** A path that is checked where it is used. */
export const file = checked('the path of a file', (raw) => raw || undefined)

/** Text that is a secret, and so appears in no message. */
export const secretText = z.string()

/** `https://example.org/docs`, without a trailing slash. */
export const base = checked('an address such as https://docs.example.org, or https://example.org/docs', (raw) => {
  const url = httpUrl(raw)
  const path = url?.pathname.replace(/\/+$/, '') ?? ''
  return url && !url.search && !url.hash && /^(\/[\w.~-]+)*$/.test(path) ? url.origin + path : undefined
})

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 }

/** Bytes. */
export const size = checked('a size such as 1048576, 500M or 2G', (raw) => {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(raw) ?? []
  const bytes = Math.round(Number(number) * (units[unit.toLowerCase()] ?? Number.NaN))
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined
})

const milliseconds: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const longestDuration = 365 * 86_400_000

/** Milliseconds. */
export const duration = checked('a time such as 90s, 45m, 10h or 2d, of at most 365d', (raw) => {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)\s*([smhd])?$/.exec(raw) ?? []
  const time = Math.round(Number(number) * (milliseconds[unit] ?? Number.NaN))
  return time > 0 && time <= longestDuration ? time : undefined
})

const proxy = checked('addresses such as 10.0.0.1, or networks such as 10.0.0.0/8', (raw) => {
  const [ip = '', bits, ...rest] = raw.split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(ip)] ?? -1
  const isWhole = rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  return most > 0 && isWhole ? raw : undefined
})

/** Addresses and networks. */
export const proxyList = z.array(proxy)

/** `[PROFILE=]URL`, each with a name of its own. */
export const clientList = z.array(z.string()).transform((written, context) => {
  const names = new Map<string, number>()
  return written.map((raw) => {
    const client = readClient(raw.trim())
    if (typeof client === 'string') {
      context.addIssue(client)
      return z.NEVER
    }
    if (client.url === builtIn && names.has(builtIn)) context.addIssue(`${builtIn} only once`)
    if (client.url === builtIn) {
      names.set(builtIn, 1)
      return { name: 'office', ...client }
    }
    const count = (names.get(client.profile) ?? 0) + 1
    names.set(client.profile, count)
    return { name: count === 1 ? client.profile : `${client.profile}-${count}`, ...client }
  })
})

function readClient(raw: string): { name?: string; url: string; profile: (typeof clientProfiles)[number] } | string {
  if (raw === builtIn) return { url: builtIn, profile: 'openwopi' }
  const [, prefix, address] = /^([\w-]+)=(.*)$/.exec(raw) ?? [undefined, 'generic', raw]
  const profile = clientProfiles.find((name) => name === prefix)
  if (!profile) return `[PROFILE=]URL, and no profile is called ${prefix}.${didYouMean(prefix ?? '', clientProfiles)}`
  const url = discoveryUrl(address ?? '')
  return url === undefined
    ? 'the discovery URL of a client, such as http://127.0.0.1:9980/hosting/discovery'
    : { url, profile }
}

const preference = checked('an extension and the name of a client, as docx=collabora', (raw) => {
  const [, extension, client] = /^\.?([^\s=.]+)=([\w-]+)$/.exec(raw) ?? []
  return extension && client ? { extension: extension.toLowerCase(), client } : undefined
})

/** Which client opens which files; of several for the same ones, the first. */
export const preferenceList = z.array(preference)

/** The address of a client's discovery document; a bare origin means its usual place. `undefined`: not an address. */
export function discoveryUrl(raw: string): string | undefined {
  const url = httpUrl(raw)
  if (url?.pathname === '/') url.pathname = '/hosting/discovery'
  return url?.href
}

function httpUrl(raw: string): URL | undefined {
  const url = URL.canParse(raw) ? new URL(raw) : undefined
  return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : undefined
}

/** What the host can do without, as it is written on the command line. */
export const featureNames = Object.keys(features) as readonly Feature[]

const uses = ['FORMS'] as const

/** Uses of restricted links, each by itself or several with commas between them. */
export const useList = z.array(z.string()).transform((written, context): readonly string[] => {
  const names = written.flatMap((raw) => raw.split(',').map((name) => name.trim())).filter((name) => name !== '')
  const unknown = names.find((name) => !uses.some((known) => known === name))
  if (unknown === undefined) return [...new Set(names)]
  context.addIssue(`some of ${uses.join(', ')}. It is ${unknown}.`)
  return z.NEVER
})

/** Names of features, each by itself or several with commas between them. */
export const featureList = z.array(z.string()).transform((written, context): readonly Feature[] => {
  const names = written.flatMap((raw) => raw.split(',').map((name) => name.trim())).filter((name) => name !== '')
  const isKnown = (name: string): name is Feature => featureNames.some((known) => known === name)
  const unknown = names.find((name) => !isKnown(name))
  if (unknown === undefined) return [...new Set(names.filter(isKnown))]
  context.addIssue(`some of ${featureNames.join(', ')}. It is ${unknown}.${didYouMean(unknown, featureNames)}`)
  return z.NEVER
})

/** `PLATFORM=SCHEME`, in the order in which to try them. */
export const schemeList = z.array(z.string()).transform((written, context) => {
  const schemes: Partial<Record<(typeof platforms)[number], readonly string[]>> = {}
  for (const raw of written) {
    const [, name, scheme] = /^(\w+)=([a-z][a-z\d+.-]*)$/i.exec(raw.trim()) ?? []
    const platform = platforms.find((known) => known === name)
    if (platform && scheme !== undefined) schemes[platform] = [...(schemes[platform] ?? []), scheme]
    else {
      context.addIssue(`PLATFORM=SCHEME, such as iOS=contoso, with one of ${platforms.join(', ')}. It is ${raw}.`)
      return z.NEVER
    }
  }
  return schemes
})
