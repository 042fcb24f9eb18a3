import type { Discovery } from '@openwopi/protocol'
import { causeOf, type Log } from '../log-event.ts'
import type { DiscoveryCache } from './discovery-cache.ts'
import { fetchDiscovery, parse } from './fetch-discovery.ts'
import { repeat } from './repeat.ts'

/** The discovery document of one client, kept fresh. */
export interface DiscoverySource {
  /** The last good one, also while the client is away. `undefined`: none has been read yet. */
  current(): Discovery | undefined
  /** Why the last try failed. `undefined`: it did not. */
  failure(): string | undefined
  /** Reads it again now, unless that was done within the last minute; whoever asks meanwhile waits. `true`: it has been read. */
  refresh(): Promise<boolean>
  /** Resolves when it has been tried for the first time. */
  readonly ready: Promise<unknown>
  /** Ends reading it again. */
  close(): void
}

export interface DiscoverySourceOptions {
  readonly name: string
  readonly url: string
  readonly cache: DiscoveryCache
  readonly log: Log
  readonly now: () => number
  /** Milliseconds to wait for an answer; default 10 seconds. */
  readonly timeout?: number
}

const second = 1000
const freshFor = 12 * 60 * 60 * second
const forcedAtMostEvery = 60 * second
/** How long to wait after so many failures in a row, in milliseconds; the last one from then on. */
const waits = [2 * second, 5 * second, 15 * second, 60 * second, 300 * second]
const waitAfter = (failures: number) => (failures === 0 ? freshFor : (waits[failures - 1] ?? 300 * second))

/** Starts with the copy on disk, if there is one, and reads the document at once. */
export function discoverySource(options: DiscoverySourceOptions): DiscoverySource {
  const { url, cache, now, timeout = 10 * second } = options
  const closing = new AbortController()
  const tell = teller(options)
  let current: Discovery | undefined
  let failure: string | undefined
  let triedAt = Number.NEGATIVE_INFINITY

  async function read(): Promise<boolean> {
    triedAt = now()
    try {
      const { xml, discovery } = await fetchDiscovery(url, timeout, closing.signal)
      if (failure !== undefined) tell.back()
      current = discovery
      failure = undefined
      await cache.write(url, xml).catch(tell.notKept)
    } catch (error) {
      if (failure === undefined && !closing.signal.aborted) tell.away(error, current !== undefined)
      failure = error instanceof Error ? error.message : String(error)
    }
    return failure === undefined
  }

  const reading = repeat(read, waitAfter)
  return {
    current: () => current,
    failure: () => failure,
    refresh: async () => (reading.isUnderWay() || now() - triedAt >= forcedAtMostEvery) && reading.now(),
    ready: fromDisk(cache, url).then((copy) => {
      current = copy
      return reading.now()
    }),
    close() {
      closing.abort()
      reading.close()
    },
  }
}

/** Tells the log when a client goes away and when it comes back, and not each time in between. */
const teller = ({ name, url, log }: DiscoverySourceOptions) => ({
  away: (error: unknown, isKnown: boolean) =>
    log({ level: 'warn', event: 'client away', client: name, message: away(name, url, error, isKnown) }),
  back: () => log({ level: 'info', event: 'client back', client: name, message: `The client ${name} answers again.` }),
  notKept: (error: unknown) => log({ level: 'warn', event: 'discovery not kept', client: name, ...causeOf(error) }),
})

async function fromDisk(cache: DiscoveryCache, url: string): Promise<Discovery | undefined> {
  const xml = await cache.read(url)
  try {
    return xml === undefined ? undefined : parse(xml)
  } catch {
    // An earlier version may have taken what this one does not: it is read anew anyway.
    return undefined
  }
}

const away = (name: string, url: string, error: unknown, isKnown: boolean) =>
  `The client ${name} at ${url} is away: ${error instanceof Error ? error.message : error}. It is tried again in the background; ${isKnown ? 'what it could open before is still offered' : 'until then nothing opens in it'}.`
