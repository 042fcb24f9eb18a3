import { randomBytes } from 'node:crypto'
import { addressesOf, checkAddresses, nodeOrigin } from './addresses.ts'
import { createAudit } from './audit/audit.ts'
import { type OpenedCells, openCells } from './cells/open-cells.ts'
import { type BuiltInOffice, builtInOffice } from './clients/built-in-office.ts'
import { checkPreferences, clientsOf, hasBuiltIn } from './clients/configured.ts'
import type { Config } from './config.ts'
import { createSite } from './create-site.ts'
import { createEvents } from './events.ts'
import { listen, waitingServer } from './http/listening.ts'
import { converterOf } from './inside/converter-of.ts'
import { openInside } from './inside/open-inside.ts'
import { lastPorts } from './last-ports.ts'
import type { Log } from './log-event.ts'
import { checkOauth } from './oauth/check-oauth.ts'
import { openData } from './opened-data.ts'
import { requestListener } from './request-listener.ts'
import { removeRunning, writeRunning } from './running-file.ts'
import { openSecrets } from './secure-store/open-secrets.ts'
import { readKeyRing } from './secure-store/read-key-ring.ts'
import type { Site } from './site.ts'
import { type RunningSpool, runSpool } from './spool/open-spool.ts'
import { spoolPlaces as openSpoolPlaces, type SpoolPlaces } from './spool/spool-places.ts'
import { type SpooledSaves, spooledSaves } from './spool/spooled-saves.ts'
import type { State } from './state/open-state.ts'
import { shareEvents } from './stored/told-events.ts'
import { onePlace, sharedPlaces, type UploadPlaces, type UploadPlacesOptions } from './uploads/upload-places.ts'
import { createUploads, type Uploads } from './uploads/uploads.ts'
import { createHealth } from './watching/health.ts'
import { usualDrainLimit } from './watching/options.ts'
import { sendsAway } from './watching/sends-away.ts'
import { createWatch, type Watch } from './watching/watch.ts'

/** The ready-to-run host: a folder, its web pages, and a client that opens what is in it. */
export interface App {
  /** Begins to answer requests. Resolves with the addresses to give to people. */
  listen(): Promise<{ readonly url: string; readonly officeUrl?: string; readonly metricsPort?: number }>
  /** Saves what is open in the built-in office client, answers what is under way, and lets go of the folder. */
  close(): Promise<void>
}

export interface AppOptions {
  readonly now?: () => number
  /** Milliseconds after which a connection on which nothing happens is dropped; default 60 seconds. */
  readonly idle?: number
  /** Milliseconds that a lock lasts for which its client names no time; default 30 minutes, as the protocol says. */
  readonly lockLifetime?: number
  /** Milliseconds that a start waits for clients that do not answer; default 3 seconds. */
  readonly startsWithin?: number
}

/** Opens the folder. Throws, with a message that says what to do, when the configuration would leave a door open. */
export async function createApp(config: Config, log: Log, options: AppOptions = {}): Promise<App> {
  const { idle = 60_000, lockLifetime = 30 * 60_000, startsWithin = 3000 } = options
  const { drainDelay = 0, drainLimit = usualDrainLimit } = config
  checkAddresses(config)
  checkPreferences(config)
  checkOauth(config)
  const ring = await readKeyRing(config)
  const own = createEvents()
  const data = await openData(config, { events: own, log, now: options.now })
  // Where several servers share the files, they have to agree on when a lock ends.
  const now = options.now ?? data.folder.now ?? Date.now
  const { events, ...sharing } = await shareEvents(config, own, log)
  const { server, answerWith, drain } = waitingServer(idle)
  const converter = await converterOf(config, 'converting')
  const inside = await openInside({ config, folder: data.folder, events, log })
  const audit = createAudit(data.state.db, log, now)
  const health = createHealth({ storage: () => data.folder.containers.root() })
  let watch: Watch | undefined
  let office: BuiltInOffice | undefined
  let site: Site | undefined
  let uploads: Uploads | undefined
  let spool: RunningSpool | undefined
  let cells: OpenedCells | undefined
  let spooled: SpooledSaves | undefined
  let spoolPlaces: SpoolPlaces | undefined

  return {
    async listen() {
      const secureStore = await openSecrets({ config, ring, db: data.state.db, log, now })
      spool = await runSpool(config, log, now)
      spooled = spool && spooledSaves({ spool, folder: data.folder, log, now })
      const storage = spooled?.storage(data.folder.storage) ?? data.folder.storage
      cells = await openCells({ config, folder: { ...data.folder, storage }, log, now })
      const ports = lastPorts(config.dataFolder)
      const { state } = data
      const about = { config, ports, converter, log, state, now, idle, patience: officePatience }
      office = hasBuiltIn(config) ? await builtInOffice(about) : undefined
      watch = await createWatch(config, { isReady: health.isReady, failedSaves: failedSavesIn(spool) })
      const addresses = addressesOf(config, await listen(server, config.port, config.host))
      const address = nodeOrigin(config, Number(new URL(addresses.local).port))
      if (spool && config.database !== undefined) spoolPlaces = openSpoolPlaces({ spool, db: state.db, address, log })
      const clients = clientsOf(config, office?.client)
      const spooling = { ...(spool && { spool }), ...(spooled && { spooled }), ...(spoolPlaces && { spoolPlaces }) }
      const opened = { data, inside, audit, events, secureStore, cells: cells?.cells, spooling, health, watch }
      const parts = { config, addresses, clients, ...opened, log, now, lockLifetime }
      site = createSite(parts)
      uploads = await createUploads(site, placesOf(config, state, { address, now }))
      const controlToken = randomBytes(32).toString('base64url')
      answerWith(requestListener(site, uploads, controlToken))
      await office?.open(addresses)
      inside.begin()
      await writeRunning(config, addresses, controlToken)
      await Promise.race([site.editors.ready, after(startsWithin)])
      return {
        url: addresses.public,
        ...(office && { officeUrl: office.url }),
        ...(watch.metricsPort !== undefined && { metricsPort: watch.metricsPort }),
      }
    },
    async close() {
      removeRunning(config.dataFolder)
      health.leave()
      await after(drainDelay)
      // It saves through the host, which so far answers as ever.
      await office?.close()
      answerWith(sendsAway)
      events.close()
      site?.editors.close()
      uploads?.close()
      spool?.close()
      spoolPlaces?.close()
      const impatient = setTimeout(() => data.folder.giveUp?.(), givesUpAfter(drainLimit))
      await drain(drainLimit)
      // Whoever waited for a save may be gone; what was sent is put aside all the same.
      await spooled?.settled()
      clearTimeout(impatient)
      await Promise.all([converter?.close(), inside.close()])
      await Promise.all([sharing.close(), audit.close()])
      await cells?.close()
      await data.close()
      await watch?.close()
    },
  }
}

const failedSavesIn = (spool: RunningSpool | undefined) => async () => (await spool?.list())?.length ?? 0

function placesOf(config: Config, state: State, options: UploadPlacesOptions): UploadPlaces {
  return config.database === undefined ? onePlace : sharedPlaces(state, options)
}

/** How long the pages of the built-in office have to be sent at the end, when nothing is typed into them any more, in milliseconds. */
const officePatience = 10_000

/** When saves under way are given up: while there is time to put them aside and answer them. In milliseconds. */
const givesUpAfter = (drainLimit: number): number => Math.max(drainLimit - 5000, drainLimit / 2)

const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
