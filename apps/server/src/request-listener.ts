import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createHost, type Host, profiles } from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { proofCheck } from '@openwopi/host/proof-check'
import type { SignedLinks } from './access/signed-links.ts'
import { bootstrapperUrl, wopiUrl } from './addresses.ts'
import { meetingPlace } from './clients/meeting-place.ts'
import { proofPolicy } from './clients/proof-policy.ts'
import { contents } from './files/contents.ts'
import { nativeNames } from './files/native-names.ts'
import { templateSource } from './files/template-source.ts'
import { atMount } from './http/at-mount.ts'
import { bootstrapping } from './oauth/bootstrapping.ts'
import { observeCalls } from './observe-calls.ts'
import { forwardedAddresses } from './proof/forwarded-addresses.ts'
import { reportRefusals } from './proof/report-refusals.ts'
import { routes } from './routes.ts'
import type { Site } from './site.ts'
import type { Uploads } from './uploads/uploads.ts'
import { answersHealth } from './watching/health-routes.ts'
import { watchedPorts } from './watching/watched-ports.ts'

/** The WOPI host of a site. */
function wopiHost(site: Site): Host {
  const meet = meetingPlace(site)
  const { spooled } = site
  const observe = observeCalls(site)
  const host = createHost({
    ...watched(site),
    coauth: true,
    nativeNames: nativeNames(site.addresses, site.links.shares),
    without: new Set(site.config.without),
    proof: proofCheck({
      keysOf: proofPolicy(site.config, site.editors),
      refresh: async (client) => client !== undefined && site.editors.refresh(client),
      ...(site.config.trustedProxies.length > 0 && { addressesOf: forwardedAddresses }),
      refused: reportRefusals(site.log, site.now),
      now: site.now,
    }),
    describe: (file, grant) => ({ ...site.describe.describe(file, grant), ...meet(file, grant) }),
    describeContainer: site.describe.describeContainer,
    clients: Object.fromEntries(site.editors.clients.map(({ name, profile }) => [name, profiles[profile]])),
    ...(site.config.maxFileSize !== undefined && { maxFileSize: site.config.maxFileSize }),
    publicUrl: wopiUrl(site.addresses),
    observe(call) {
      spooled?.note(call)
      observe(call)
    },
    lockLifetime: site.lockLifetime,
    now: site.now,
  })
  const answer = spooled ? spooled.answering(host.answer) : host.answer
  return { ...host, answer: site.watch.traced(answer) }
}

/** What the host works on. Whoever watches looks at every call of it. */
function watched({ folder, secureStore, cells, links, tokens, watch, spooled }: Site) {
  const ports = {
    storage: spooled ? spooled.storage(folder.storage) : folder.storage,
    locks: folder.locks,
    userInfo: folder.userInfo,
    containers: folder.containers,
    streams: folder.streams,
    uploads: folder.uploads,
    signatures: folder.signatures,
    ...(secureStore && { secureStore }),
    ...(cells && { cells }),
    ...links,
    access: spooled ? spooled.access(tokens.access) : tokens.access,
  }
  return watch.around ? watchedPorts(ports, watch.around) : ports
}

/** Answers every request: WOPI on the shortest way, everything else through the routes. */
export function requestListener(site: Site, uploads: Uploads, controlToken: string) {
  const host = wopiHost(site)
  const wopi = toNodeListener(host)
  const bootstrapper = toNodeListener(bootstrapping(site, host))
  const bootstrapperPath = new URL(bootstrapperUrl(site.addresses)).pathname
  const content = toNodeListener(contents(site, host))
  const template = toNodeListener(templateSource(site))
  const rest = getRequestListener(routes(site, uploads, controlToken).fetch, { overrideGlobalObjects: false })
  const mounted = atMount(site)
  const answered = answersHealth(site.health)
  const wopiPath = `${new URL(wopiUrl(site.addresses)).pathname}/`
  const mount = new URL(site.addresses.callback).pathname.replace(/\/$/, '')
  const isUnder = ({ url = '' }: IncomingMessage, { path }: SignedLinks) => url.startsWith(`${mount}${path}/`)
  return (req: IncomingMessage, res: ServerResponse): void => {
    if (answered(req, res) || site.examinations.answer(req, res)) return
    mounted(req)
    if (req.url?.startsWith(wopiPath)) void wopi(req, res)
    else if (req.url?.split('?')[0] === bootstrapperPath) void bootstrapper(req, res)
    else if (isUnder(req, site.contents)) void content(req, res)
    else if (isUnder(req, site.templateLinks)) void template(req, res)
    else void rest(req, res)
  }
}
