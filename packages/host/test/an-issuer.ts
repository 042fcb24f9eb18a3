import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

interface Issued {
  readonly username: string
  readonly audience: string
  readonly expiresAt: number
}

/** An authorization server with two users, which issues tokens (RFC 6749) and tells what they are good for (RFC 7662). */
export async function anIssuer() {
  const passwords: Readonly<Record<string, string>> = { ann: 'apple', bob: 'banana' }
  const issued = new Map<string, Issued>()
  const answers: Readonly<Record<string, (form: URLSearchParams) => [number, object]>> = {
    '/token': (form) => {
      const username = form.get('username') ?? ''
      if (form.get('grant_type') !== 'password' || passwords[username] !== form.get('password'))
        return [400, { error: 'invalid_grant' }]
      const token = crypto.randomUUID()
      const lifetime = Number(form.get('expires_in') ?? 3600)
      issued.set(token, { username, audience: form.get('audience') ?? '', expiresAt: Date.now() + lifetime * 1000 })
      return [200, { access_token: token, token_type: 'Bearer', expires_in: lifetime }]
    },
    '/introspect': (form) => {
      const found = issued.get(form.get('token') ?? '')
      if (!found || found.expiresAt <= Date.now()) return [200, { active: false }]
      return [200, { active: true, username: found.username, aud: found.audience }]
    },
  }

  const server = createServer(async (req: IncomingMessage, res: ServerResponse) => {
    let body = ''
    for await (const chunk of req) body += chunk
    const [status, answer] = answers[req.url ?? '']?.(new URLSearchParams(body)) ?? [404, {}]
    res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post = async (path: string, form: Record<string, string>): Promise<Record<string, unknown>> =>
    (await (await fetch(url + path, { method: 'POST', body: new URLSearchParams(form) })).json()) as Record<
      string,
      unknown
    >

  return {
    url,
    /** Signs a user in. */
    async tokenOf(username: string, more: Record<string, string> = {}) {
      const form = { grant_type: 'password', username, password: passwords[username] ?? '', audience: 'wopi', ...more }
      return String((await post('/token', form))['access_token'])
    },
    introspect: (token: string) => post('/introspect', { token }),
  }
}
