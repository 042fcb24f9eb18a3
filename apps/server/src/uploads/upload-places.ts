import { createHmac } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { nodePass, passHeader } from '@openwopi/office/pass'
import { passOn } from '../http/pass-on.ts'
import type { State } from '../state/open-state.ts'

/** On which server each upload lies: what has arrived of it stays there until it is whole. */
export interface UploadPlaces {
  /** An upload has begun here. */
  began(id: string): Promise<void>
  /** Has the server answer on which the upload lies. `false`: that is this one, or it is not known. Throws where it is away. */
  answeredThere(id: string, req: IncomingMessage, res: ServerResponse): Promise<boolean>
  /** Forgets those that began before an instant, in milliseconds since the epoch. */
  sweep(before: number): Promise<void>
}

export interface UploadPlacesOptions {
  /** Where other servers reach this one: an origin. */
  readonly address: string
  readonly now: () => number
}

/** Where there is one server, every upload lies on it. */
export const onePlace: UploadPlaces = {
  began: async () => {},
  answeredThere: async () => false,
  sweep: async () => {},
}

/** Places that all servers of a database know. What one passes on to another is passed on once. */
export function sharedPlaces(
  { db, key }: Pick<State, 'db' | 'key'>,
  { address, now }: UploadPlacesOptions,
): UploadPlaces {
  const pass = nodePass(createHmac('sha256', key).update('uploads').digest(), now)

  function isPassedOn(id: string, { method = '', url: path = '', headers }: IncomingMessage): boolean {
    const given = headers[passHeader]
    return pass.isGood(typeof given === 'string' ? given : undefined, { to: address, method, path, ticketId: id })
  }

  return {
    async began(id) {
      await db.insertInto('upload_places').values({ id, address, begun_at: now() }).execute()
    },
    async answeredThere(id, req, res) {
      if (id === '' || isPassedOn(id, req)) return false
      const place = await db.selectFrom('upload_places').select('address').where('id', '=', id).executeTakeFirst()
      if (!place || place.address === address) return false
      const { method = '', url: path = '' } = req
      const given = pass.give({ to: place.address, method, path, ticketId: id })
      await passOn(place.address, { req, res, headers: { [passHeader]: given } })
      return true
    },
    async sweep(before) {
      await db.deleteFrom('upload_places').where('begun_at', '<', before).execute()
    },
  }
}
