import { type Finding, verdictOn } from './finding.ts'
import type { Way } from './patient.ts'

const forwarded = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'forwarded']

/** What a proxy tells of those it speaks for, and whether it is believed. */
export function proxyHeaders({ echo, address }: Way): Finding[] {
  if (!echo) return []
  const { ok, warning, problem } = verdictOn('proxy')
  const { headers, from, isTrusted, host, isOurs } = echo
  const isTls = address.startsWith('https:')
  const tells = forwarded.filter((name) => headers[name] !== undefined)
  if (!isOurs) {
    return [
      problem(
        `The proxy calls the host ${host}, a name that it does not answer to: have the proxy pass the name on that it was called by (nginx: proxy_set_header Host $host).`,
      ),
    ]
  }
  if (tells.length === 0 && !isTls) return []
  if (tells.length === 0) {
    return [
      warning(
        `The proxy does not say for whom it asks, so all people count as one when too many tries to sign in are stopped: have it send X-Forwarded-For and X-Forwarded-Proto, and start the host with --trusted-proxy ${from}.`,
      ),
    ]
  }
  if (!isTrusted) {
    return [
      warning(
        `The proxy at ${from} says for whom it asks, but is not believed: start the host with --trusted-proxy ${from}.`,
      ),
    ]
  }
  const proto = headers['x-forwarded-proto']?.split(',').at(-1)?.trim()
  if (isTls && proto !== 'https') {
    return [
      warning(
        `The proxy does not say that browsers come by https${proto ? `, but by ${proto}` : ''}: have it send X-Forwarded-Proto (nginx: proxy_set_header X-Forwarded-Proto $scheme).`,
      ),
    ]
  }
  return [ok(`The proxy at ${from} says for whom it asks, and is believed.`)]
}
