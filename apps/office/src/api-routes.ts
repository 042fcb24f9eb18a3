import { WopiError } from '@openwopi/protocol'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { makePdf } from './converter/make-pdf.ts'
import { modernFor } from './converter/modern.ts'
import { storeConverted } from './converter/store-converted.ts'
import { type Leftovers, leftovers } from './editing/leftovers.ts'
import { LivesElsewhere } from './editing/lives-elsewhere.ts'
import type { OfficePorts } from './editing/office-ports.ts'
import { rename, renew, saveCopy } from './editing/requests.ts'
import { saveAs } from './editing/save-as.ts'
import type { Sessions } from './editing/sessions.ts'
import { mayPass, whyNot } from './editing/why-not.ts'
import { answeredThere, type Nodes } from './nodes/answered-there.ts'
import { barePolicy } from './security-headers.ts'
import { sendBase, sendContent } from './send-content.ts'
import { sendConversion } from './send-conversion.ts'
import type { Ticket } from './tickets.ts'

const longestBody = 32 * 1024 * 1024

/** Bytes that are no page themselves, whatever is in them. */
const plainBytes = { 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment' }

/** What is asked of a document's session, wherever that lives. */
const ofSessions = ['open', 'base', 'copy', 'save-as', 'pdf', 'rename', 'renew'].map((name) => `/${name}`)

export interface ApiVariables {
  ticketId: string
  ticket: Ticket
}

/** What pages ask for, each with its ticket. Nothing here is found by cookie, so no other page can ask. */
export function apiRoutes(ports: OfficePorts, sessions: Sessions, nodes: Nodes): Hono<{ Variables: ApiVariables }> {
  const kept: Leftovers = leftovers(ports)
  return (
    new Hono<{ Variables: ApiVariables }>()
      // Only a POST has a body that is read; of a DELETE without one, the check of its length makes no request.
      .on('POST', '*', bodyLimit({ maxSize: longestBody }))
      .use(async (context, next) => {
        const ticketId = /^Bearer (.+)$/.exec(context.req.header('Authorization') ?? '')?.[1] ?? ''
        const ticket = await ports.tickets.find(ticketId)
        if (!ticket) return context.json({ why: 'ended' }, 401)
        context.set('ticketId', ticketId)
        context.set('ticket', ticket)
        context.header('Content-Security-Policy', barePolicy)
        return next()
      })
      .on(['GET', 'POST'], ofSessions, answeredThere(nodes))
      .post('/open', async (context) => context.json(await sessions.open(context.get('ticketId'))))
      .get('/ticket', (context) => context.json({}))
      .get('/base', async (context) => sendBase(context, await sessions.place(context.get('ticketId'))))
      .get('/content', (context) => sendContent(context, context.get('ticket'), ports))
      .post('/copy', async (context) =>
        context.json(await saveCopy(context.get('ticket'), await context.req.json(), { ports, sessions })),
      )
      .post('/save-as', async (context) =>
        context.json(await saveAs(context.get('ticket'), await context.req.json(), { ports, sessions })),
      )
      .post('/convert', (context) => {
        const { wopiSrc, accessToken, convertFrom: from = '' } = context.get('ticket')
        const [to, { converter }] = [modernFor(from), ports]
        if (!converter || !to) return context.json({ why: 'unreadable' }, 409)
        const file = ports.client(wopiSrc, accessToken)
        return sendConversion(context, ports, (watched) => storeConverted(file, converter, { from, to, ...watched }))
      })
      .post('/pdf', (context) => {
        const { wopiSrc, accessToken, convertFrom, exportFrom, pagesFrom } = context.get('ticket')
        const [from, { converter }] = [convertFrom ?? exportFrom ?? pagesFrom, ports]
        if (!converter || from === undefined) return context.json({ why: 'unreadable' }, 409)
        return sendConversion(context, ports, async (watched) => {
          // What is seen goes first to the host. Where that fails, everyone is told of it, and the pages are those of before.
          await Promise.allSettled([sessions.of(wopiSrc)?.save()])
          return makePdf(ports.client(wopiSrc, accessToken), converter, { from, ...watched })
        })
      })
      .post('/rename', async (context) => {
        const answer = await rename(context.get('ticket'), await context.req.json(), { ports, sessions })
        sessions.renamed(context.get('ticket').wopiSrc, answer.fileName)
        return context.json(answer)
      })
      .post('/renew', async (context) => {
        await renew(context.get('ticketId'), await context.req.json(), { ports, sessions })
        return context.json({})
      })
      .get('/leftover', async (context) => context.json(await kept.read(context.get('ticket'))))
      .get('/leftover/file', async (context) => {
        const file = await kept.file(context.get('ticket'))
        return file ? context.body(new Uint8Array(file), 200, plainBytes) : context.json({ why: 'gone' }, 404)
      })
      .delete('/leftover', async (context) => context.json(await kept.remove(context.get('ticket'))))
      .onError((cause, context) => {
        if (!(cause instanceof WopiError || cause instanceof LivesElsewhere))
          ports.observe({ what: 'request failed', cause })
        const isName = WopiError.is(cause, 'InvalidName') || WopiError.is(cause, 'NameTaken')
        const why = whyNot(cause)
        return context.json({ why: isName ? 'name' : why === 'host-away' && !mayPass(cause) ? 'failed' : why }, 502)
      })
  )
}
