import { WopiError } from '@openwopi/protocol'
import { isConnectionLost } from '@openwopi/storage-sql/connect'

/** The storage takes longer than anybody waits. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow'

  constructor(call: string, milliseconds: number) {
    super(`${call} took longer than ${Math.round(milliseconds / 1000)} seconds`)
  }
}

/** What is under way will not be waited for any longer. */
export class ServerStops extends Error {
  override readonly name = 'ServerStops'

  constructor() {
    super('the server stops, and the storage has not taken the save yet')
  }
}

/** The database said that it is not there. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway'

  constructor(since: number) {
    super(`the database has not answered since ${new Date(since).toISOString()}`)
  }
}

/** How long callers are asked to wait, in seconds. */
const retryAfter = '5'

/** What callers are told while the storage cannot do what they ask for and may be able to soon. */
export const busy = (cause: unknown): WopiError => new WopiError('ServerBusy', { retryAfter }, { cause })

/** Whether an error is a blob store's, by the name of its class, which is loaded only where there is such a store. */
const isOfBlobs = (error: unknown): boolean => error instanceof Error && error.name === 'StoreFailure'

/** Whether it says that the database is away or stands still. */
export const isOfDatabase = (error: unknown): boolean =>
  error instanceof TooSlow || (isConnectionLost(error) && !isOfBlobs(error)) || causeIs(error, isOfDatabase)

const causeIs = (error: unknown, holds: (cause: unknown) => boolean): boolean =>
  error instanceof Error && error.name === 'UnrecordedContent' && holds(error.cause)

/** The same error, as `busy` where trying again may help. */
export const toldAs = (error: unknown): unknown =>
  error instanceof DatabaseAway || error instanceof ServerStops || isOfDatabase(error) || isOfBlobs(error)
    ? busy(error)
    : error
