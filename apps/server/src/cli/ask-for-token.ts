import { z } from 'zod'
import { askHost } from './ask-host.ts'
import type { RunningHost } from './running-host.ts'

/** What a token is wanted for. */
export interface TokenWish {
  /** Relative to the folder that is served, with `/` between names. */
  readonly path: string
  readonly user?: string
  readonly client?: string
  readonly view: boolean
  /** Seconds. */
  readonly ttl?: number
}

const issued = z.object({
  wopiSrc: z.string(),
  accessToken: z.string(),
  /** Milliseconds since the epoch. */
  accessTokenTtl: z.number(),
  actionUrl: z.string().nullable(),
})

/** What a WOPI client needs to open a file. */
export type Issued = z.infer<typeof issued>

/** Asks a running host for a token. */
export async function askForToken(host: RunningHost, wish: TokenWish): Promise<Issued> {
  return issued.parse(await askHost(host, 'token', wish))
}
