import { z } from 'zod'
import { CommandError } from './command-error.ts'
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

const problem = z.object({ message: z.string(), suggestion: z.string().optional() })
const patience = 15_000

/** Asks a running host for a token. */
export async function askForToken(host: RunningHost, wish: TokenWish): Promise<Issued> {
  const response = await post(host, wish)
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return issued.parse(body)
  const { success, data } = problem.safeParse(body)
  if (!success)
    throw new CommandError(`The host at ${host.url} answered with status ${response.status}. Its log says why.`)
  throw new CommandError(data.suggestion === undefined ? data.message : `${data.message} ${data.suggestion}`)
}

async function post({ url, controlToken, folder }: RunningHost, wish: TokenWish): Promise<Response> {
  try {
    return await fetch(`${url}/api/control/token`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${controlToken}`, 'Content-Type': 'application/json', 'X-OpenWOPI': '1' },
      body: JSON.stringify(wish),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    })
  } catch (cause) {
    throw new CommandError(
      `The host of ${folder} does not answer at ${url}. Start it again: openwopi serve ${folder}`,
      1,
      { cause },
    )
  }
}
