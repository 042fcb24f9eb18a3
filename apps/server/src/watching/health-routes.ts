import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Health } from './health.ts'

/**
 * `/healthz`: the process answers. `/readyz`: it also takes new work; if not, what is missing stands in the answer, one
 * word a line. Open to everybody and by any name, as balancers ask by address; they tell nothing else.
 */
export function answersHealth(health: Health): (req: IncomingMessage, res: ServerResponse) => boolean {
  const say = (res: ServerResponse, status: number, text: string) =>
    res
      .writeHead(status, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        ...(status === 503 && { 'Retry-After': '2' }),
      })
      .end(text)

  return ({ url, method }, res) => {
    const isAsked = method === 'GET' || method === 'HEAD'
    if (isAsked && url === '/healthz') say(res, 200, 'ok\n')
    else if (isAsked && url === '/readyz') {
      health.ailments().then((found) => say(res, ...readiness(found)))
    } else return false
    return true
  }
}

const readiness = (ailments: readonly string[]): [number, string] =>
  ailments.length === 0 ? [200, 'ready\n'] : [503, `${ailments.join('\n')}\n`]
