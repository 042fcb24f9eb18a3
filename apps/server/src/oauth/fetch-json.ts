/** Milliseconds that an authorization server gets to answer. */
const timeout = 3000
/** Metadata and keys have a few KB; bytes. */
const longest = 1024 * 1024

/** The authorization server cannot be asked. The message is a clause for the person who runs this server. */
export class IssuerAway extends Error {
  override readonly name = 'IssuerAway'
}

/** What an authorization server answers at `url`, where `undefined` is 404. Throws `IssuerAway` for all but JSON. */
export async function fetchJson(url: string): Promise<unknown> {
  const response = await get(url)
  if (response.status === 404) return undefined
  if (response.status !== 200) throw new IssuerAway(`${url} answers with status ${response.status}`)
  try {
    return JSON.parse(response.text)
  } catch (cause) {
    throw new IssuerAway(`${url} answers with something that is not JSON`, { cause })
  }
}

/** A redirect is not followed: keys are believed from the place that was named, and from no other. */
async function get(url: string): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
      headers: { Accept: 'application/json' },
    })
    return { status: response.status, text: await textOf(response) }
  } catch (cause) {
    if (cause instanceof IssuerAway) throw cause
    throw new IssuerAway(`${url} cannot be read (${reasonOf(cause)})`, { cause })
  }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > longest) throw new IssuerAway(`${response.url} answers with more than ${longest / 1024 / 1024} MB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message
}
