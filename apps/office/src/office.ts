import { mkdir } from 'node:fs/promises'
import { Hocuspocus } from '@hocuspocus/server'
import { getRequestListener } from '@hono/node-server'
import { createClient } from '@openwopi/client'
import { allowedHosts } from './allowed-hosts.ts'
import { createApp } from './app.ts'
import { documentApps } from './documents/apps.ts'
import { joinPages } from './editing/collaboration.ts'
import { lockIds } from './editing/lock-id.ts'
import type { OfficePorts } from './editing/office-ports.ts'
import { Sessions } from './editing/sessions.ts'
import { sockets } from './editing/sockets.ts'
import { type NodePorts, oneNode } from './node-ports.ts'
import { heartbeat } from './nodes/heartbeat.ts'
import { nodePass } from './nodes/node-pass.ts'
import { passingOn } from './nodes/passing-on.ts'
import { Underway } from './nodes/underway.ts'
import type { Office, OfficeOptions } from './office-options.ts'
import { type ProofKeys, proofKeys } from './proof-keys.ts'
import { sealedTokens } from './sealed-tokens.ts'
import { tickets } from './tickets.ts'

/** How long the end waits for hosts to take what is unsaved, in milliseconds. What is left stays on disk. */
const closeWithin = 5_000

/** The built-in WOPI client: shows and edits documents that lie on the hosts it is allowed to call. */
export async function createOffice(options: OfficeOptions): Promise<Office> {
  const { dataFolder, now = Date.now } = options
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const common = options.nodes ?? (await oneNode(dataFolder, now))
  const keys = await proofKeys(common.proofKeys, now)
  const ports = await bringPorts({ ...options, now, nodes: common }, keys)
  const sessions = new Sessions(ports)
  const underway = new Underway()
  const pass = nodePass(common.secret, now)
  const nodes = { node: common.homes.node, pass, on: passingOn(pass, underway), sessions }
  joinPages(ports.hocuspocus, sessions, (cause) => ports.observe({ what: 'wish of a page not met', cause }))
  const pages = sockets(ports.hocuspocus, ports.tickets, { url: options.url, nodes })
  const sealed = sealedTokens(common.secret)
  const app = createApp({ ...options, hosts: allowedHosts(options.hosts), sealed, keys, ports, sessions, nodes })
  const stopBeating = options.nodes ? heartbeat({ ports, sessions, underway, keys }) : () => {}
  return {
    listener: getRequestListener(app.fetch, { overrideGlobalObjects: false }),
    attach: pages.attach,
    rotateKeys: keys.rotate,
    async close() {
      await sessions.close(closeWithin)
      stopBeating()
      pages.close()
    },
  }
}

async function bringPorts(
  options: OfficeOptions & { readonly now: () => number; readonly nodes: NodePorts },
  keys: ProofKeys,
): Promise<OfficePorts> {
  const { nodes, now, observe = () => {}, autosaveAfter = 2_000, converter } = options
  return {
    hocuspocus: new Hocuspocus(),
    apps: documentApps(converter),
    ...(converter && { converter }),
    tickets: await tickets(nodes.tickets, now),
    store: nodes.documents,
    homes: nodes.homes,
    lockIds: lockIds(nodes.secret),
    client: (wopiSrc, accessToken) => createClient({ wopiSrc, accessToken, sign: keys.sign }),
    autosaveAfter,
    now,
    observe,
  }
}
