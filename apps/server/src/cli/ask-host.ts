import { z } from 'zod'
import { CommandError } from './command-error.ts'
import type { RunningHost } from './running-host.ts'

const problem = z.object({ message: z.string(), suggestion: z.string().optional() })
const patience = 15_000

/** What a running host can be asked for. */
export type HostTask =
  | 'token'
  | 'revoke'
  | `recovery/${'apply' | 'discard' | 'elsewhere'}`
  | `examination/${'begin' | 'release' | 'end' | 'file' | 'remove'}`

/** Has a running host do what only those may ask of it who can read its data folder. Resolves to its answer. */
export async function askHost(host: RunningHost, what: HostTask, wish: object): Promise<unknown> {
  const response = await post(host, what, wish)
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return body
  const { success, data } = problem.safeParse(body)
  if (!success)
    throw new CommandError(`The host at ${host.url} answered with status ${response.status}. Its log says why.`)
  throw new CommandError(data.suggestion === undefined ? data.message : `${data.message} ${data.suggestion}`)
}

async function post({ url, controlToken, folder }: RunningHost, what: string, wish: object): Promise<Response> {
  try {
    return await fetch(`${url}/api/control/${what}`, {
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
