import type { HttpBindings } from '@hono/node-server'
import type { Person } from '../sign-in/person.ts'
import type { Peer } from './peer.ts'

/** What is known of a request on its way through the routes. */
export interface Env {
  Bindings: HttpBindings
  Variables: {
    peer: Peer
    /** Who makes it. Only behind `signedIn`. */
    person: Person
    /** The nonce of the page's Content-Security-Policy. */
    nonce: string
  }
}
