import { z } from 'zod'
import type { Deployment } from '../examination/deployment.ts'
import type { Echo } from '../examination/examinations.ts'
import type { TrialFile } from '../examination/routes.ts'
import type { Probed, ProbeRequest } from './probe.ts'

/** The deployment that is examined, and how. */
export interface Patient {
  /** What the host says of itself, with other addresses where others are to be tried. */
  readonly deployment: Deployment
  /** By which the host knows the requests of this examination. */
  readonly secret: string
  readonly probe: (url: string, request?: ProbeRequest) => Promise<Probed>
  readonly release: () => Promise<void>
  readonly trialFile: (extension: string, client?: string) => Promise<TrialFile>
  readonly removeTrialFile: (id: string) => Promise<void>
  /** Bytes of the largest body that has to come through. */
  readonly bodySize: number
  readonly now: () => number
  /** Certificates of authorities in PEM, besides those that Node knows. */
  readonly ca?: readonly string[] | undefined
}

/** One of the addresses that lead to the host. */
export interface Way {
  /** As findings call it. */
  readonly name: 'public URL' | 'callback URL'
  readonly flag: '--public-url' | '--callback-url'
  readonly address: string
  /** The same as findings name it: with its path, where it is one of two under one address. */
  readonly shown: string
  /** Where requests of the examination go. */
  readonly url: string
  /** What arrived of a plain request. Absent: nothing that could be used. */
  readonly echo?: Echo
  /** The answer to it, as it came back. */
  readonly answer?: Probed
}

const echo = z.object({
  url: z.string(),
  before: z.string(),
  headers: z.record(z.string(), z.string()),
  from: z.string(),
  isTrusted: z.boolean(),
  host: z.string(),
  isOurs: z.boolean(),
})

/** What the host says has arrived. `undefined`: it is not the host that has answered. */
export function echoIn({ status, body }: Probed): Echo | undefined {
  try {
    const found = echo.safeParse(JSON.parse(body.toString('utf8')))
    return status === 200 && found.success ? found.data : undefined
  } catch {
    return undefined
  }
}

export const originOf = (url: string): string => new URL(url).origin
export const hostOf = (url: string): string => new URL(url).host
