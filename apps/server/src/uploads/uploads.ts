import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { EVENTS, Server, type ServerOptions, type Upload } from '@tus/server'
import { Refusal } from '../http/refusal.ts'
import { causeOf } from '../log-event.ts'
import type { Person } from '../sign-in/person.ts'
import type { Site } from '../site.ts'
import { type Finishing, finishing } from './finishing.ts'
import type { UploadPlaces } from './upload-places.ts'
import { hasNoRoom, uploadRefusal } from './upload-refusal.ts'
import { UploadStore } from './upload-store.ts'

/** Uploads that go on where they stopped when the connection was cut (tus 1.0). */
export interface Uploads {
  handle(req: IncomingMessage, res: ServerResponse, person: Person): Promise<void>
  close(): void
}

export const uploadsPath = '/api/uploads'

const hour = 60 * 60_000
/** What has not been finished within a day is deleted. */
const keptFor = 24 * hour

export async function createUploads(site: Site, places: UploadPlaces): Promise<Uploads> {
  const directory = join(site.config.dataFolder, 'uploads')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const store = new UploadStore({ directory, expirationPeriodInMilliseconds: keptFor })
  const finish = finishing(site, store)
  const requests: Requests = new WeakMap()
  const warn = (event: string) => (error: unknown) => site.log({ level: 'warn', event, ...causeOf(error) })
  const remove = (id: string) => store.remove(id).catch(warn('upload not deleted'))
  const onResponseError: ServerOptions['onResponseError'] = async (request, error) => {
    const failure = uploadRefusal(error, site)
    const { uploadId } = contextOf(requests, request)
    if (hasNoRoom(failure) && uploadId !== undefined) await remove(uploadId)
    return failure
  }
  const tus = new Server({ ...optionsFor(site, requests, { finish, places }), datastore: store, onResponseError })

  // Not sooner: the library still looks at the upload while it makes up the answer.
  tus.on(EVENTS.POST_FINISH, (_request, _response, { id }) => void remove(id))
  const sweep = () =>
    Promise.all([tus.cleanUpExpiredUploads(), places.sweep(site.now() - keptFor)]).catch(
      warn('old uploads not deleted'),
    )
  const timer = setInterval(sweep, hour).unref()
  void sweep()

  return {
    async handle(req, res, person) {
      const id = idIn(req.url ?? '')
      if (await answeredThere(places, id, { req, res })) return
      requests.set(req, { person, ...(id !== '' && { uploadId: id }) })
      res.setHeader('X-Content-Type-Options', 'nosniff')
      if (req.method === 'GET')
        throw new Refusal(405, 'Uploads are not read from here.', { headers: { Allow: 'POST, HEAD, PATCH, DELETE' } })
      if (req.method === 'HEAD' && (await answerFinished(res, await finish.ifComplete(id, person)))) return
      await tus.handle(req, res)
    },
    close: () => clearInterval(timer),
  }
}

/** Whether another server has answered, on which the upload lies. */
const answeredThere = (
  places: UploadPlaces,
  id: string,
  { req, res }: { readonly req: IncomingMessage; readonly res: ServerResponse },
): Promise<boolean> =>
  places.answeredThere(id, req, res).catch((cause: unknown) => {
    if (res.headersSent) return true
    const headers = { 'Retry-After': '5' }
    throw new Refusal(503, 'The server that has the first part of this upload does not answer. Try again.', {
      headers,
      cause,
    })
  })

/** The id at the end of an upload's address. Empty for the address at which uploads are made. */
const idIn = (url: string): string => /\/([0-9a-f]{32})$/.exec(url.split('?')[0] ?? '')?.[1] ?? ''

/** Tells a client that lost the last answer that all has arrived, and which file it is now. */
function answerFinished(
  res: ServerResponse,
  done: { readonly fileId: string; readonly size: number } | undefined,
): boolean {
  if (!done) return false
  res.writeHead(200, {
    'Tus-Resumable': '1.0.0',
    'Cache-Control': 'no-store',
    'Upload-Offset': String(done.size),
    'Upload-Length': String(done.size),
    'X-OpenWOPI-File': done.fileId,
  })
  res.end()
  return true
}

type Options = Omit<ServerOptions, 'locker'>
type HookRequest = Parameters<NonNullable<Options['onUploadFinish']>>[0]

/** Who sends a request, and which upload it is about, once there is one. */
interface RequestContext {
  readonly person: Person
  readonly uploadId?: string
}

type Requests = WeakMap<IncomingMessage, RequestContext>

function incomingOf({ runtime }: HookRequest): IncomingMessage {
  const req = runtime?.node?.req
  if (!req) throw new Error('an upload arrived by no known way')
  return req as IncomingMessage
}

function contextOf(requests: Requests, request: HookRequest): RequestContext {
  const context = requests.get(incomingOf(request))
  if (!context) throw new Error('an upload arrived past the routes')
  return context
}

function optionsFor(
  site: Site,
  requests: Requests,
  { finish, places }: { readonly finish: Finishing; readonly places: UploadPlaces },
): Options {
  const personOf = (request: HookRequest): Person => contextOf(requests, request).person
  const base = new URL(site.addresses.public).pathname.replace(/\/$/, '')

  return {
    path: uploadsPath,
    generateUrl: (_, { path, id }) => `${base}${path}/${id}`,
    namingFunction: () => randomBytes(16).toString('hex'),
    // Pages of other sites have no business here.
    allowedOrigins: () => false,
    ...(site.config.maxFileSize !== undefined && { maxSize: site.config.maxFileSize }),
    onIncomingRequest: async (request, id) => {
      if (request.method !== 'POST') await finish.refuseOthers(id, personOf(request))
    },
    onUploadCreate: async (request, upload) => {
      const person = personOf(request)
      requests.set(incomingOf(request), { person, uploadId: upload.id })
      await places.began(upload.id)
      return { metadata: { ...wanted(upload), user: person.id } }
    },
    onUploadFinish: async (request, upload) => {
      try {
        const { fileId } = await finish.now(upload, personOf(request))
        return { headers: { 'X-OpenWOPI-File': fileId } }
      } catch (error) {
        throw uploadRefusal(error, site)
      }
    },
  }
}

/** Of what a client says about its upload, what is asked for. */
const wanted = ({ metadata = {} }: Upload): Record<string, string | null> => ({
  folder: metadata['folder'] || 'root',
  name: metadata['name'] || 'document',
  overwrite: metadata['overwrite'] ?? 'false',
})
