import type { MiddlewareHandler } from 'hono'
import type { ApiVariables } from '../api-routes.ts'
import type { Home } from '../editing/homes.ts'
import { LivesElsewhere } from '../editing/lives-elsewhere.ts'
import type { Sessions } from '../editing/sessions.ts'
import { type NodePass, passHeader } from './node-pass.ts'
import { type Arrived, NotPassed, type PassingOn } from './passing-on.ts'

/** What is needed to find the node on which a document's session lives, and to be one. */
export interface Nodes {
  /** This node. */
  readonly node: string
  readonly pass: NodePass
  readonly on: PassingOn
  readonly sessions: Sessions
}

/** How long a node that does not answer is tried again, in milliseconds: by then its lease has run out, or it is back. */
const patience = 15_000
const again = 250

/** These can be done twice. */
const isRepeatable = ({ path }: Arrived): boolean => /\/(open|base|renew)$/.test(path)

/** Has a request answered by the node on which the document's session lives. What was passed on once is not passed on again. */
export function answeredThere(nodes: Nodes): MiddlewareHandler<{ Variables: ApiVariables }> {
  return async (context, next) => {
    const { wopiSrc } = context.get('ticket')
    const arrived = arrivedAt(context.req.raw, context.get('ticketId'))
    const given = context.req.header(passHeader)
    if (nodes.pass.isGood(given, { to: nodes.node, ...arrived })) return next()
    const home = await nodes.sessions.elsewhere(wopiSrc)
    const there = home && (await askThere(home, await withBody(arrived, context.req.raw), { nodes, wopiSrc }))
    if (there) return there
    await next()
    // Another node was quicker.
    if (!(context.error instanceof LivesElsewhere)) return
    const answer = await askThere(context.error.home, arrived, { nodes, wopiSrc })
    if (answer) context.res = answer
  }
}

/** `undefined`: it lives nowhere else any more. */
async function askThere(
  first: Home,
  arrived: Arrived,
  { nodes: { on, sessions }, wopiSrc }: { readonly nodes: Nodes; readonly wopiSrc: string },
): Promise<Response | undefined> {
  let home: Home | undefined = first
  for (let waited = 0; home; waited += again) {
    try {
      return await on.request(home, arrived)
    } catch (cause) {
      const isWorthIt = cause instanceof NotPassed && (cause.isUnsent || isRepeatable(arrived))
      if (!isWorthIt || waited >= patience || arrived.signal.aborted)
        return Response.json({ why: 'host-away' }, { status: 503 })
    }
    await new Promise((resolve) => setTimeout(resolve, again))
    home = await sessions.elsewhere(wopiSrc)
  }
  return undefined
}

function arrivedAt({ url, method, headers, signal }: Request, ticketId: string): Arrived {
  const { pathname, search } = new URL(url)
  return { method, path: pathname + search, headers, ticketId, signal }
}

/** The body is read from a copy: it may be answered here after all. */
const withBody = async (arrived: Arrived, request: Request): Promise<Arrived> =>
  request.method === 'POST' ? { ...arrived, body: await request.clone().arrayBuffer() } : arrived
