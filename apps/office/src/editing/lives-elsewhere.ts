import type { Home } from './homes.ts'

/** Thrown where a document's session was to begin here, and lives on another node. */
export class LivesElsewhere extends Error {
  readonly home: Home

  constructor(home: Home) {
    super('the session of this document lives on another node')
    this.home = home
  }
}
