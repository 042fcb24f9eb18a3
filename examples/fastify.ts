import type { Host } from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { fastify } from 'fastify'
import { type Listening, whereIs } from './listening.ts'

/** A host in a Fastify application. */
export async function listen(host: Pick<Host, 'fetch' | 'answer'>): Promise<Listening> {
  const serve = toNodeListener(host)
  const app = fastify({
    // An address that cannot be decoded comes to no route. The host knows what to answer.
    frameworkErrors(_error, request, reply) {
      reply.hijack()
      void serve(request.raw, reply.raw)
    },
  })
  // In a plugin of its own, so that the rest of the application keeps its body parsers.
  await app.register(async (wopi) => {
    wopi.removeAllContentTypeParsers()
    wopi.addContentTypeParser('*', (_request, _body, done) => done(null))
    wopi.all('/wopi/*', async (request, reply) => {
      reply.hijack()
      await serve(request.raw, reply.raw)
    })
  })
  app.get('/', async () => 'the rest of the application')
  await app.listen({ host: '127.0.0.1', port: 0 })
  return whereIs(app.server)
}
