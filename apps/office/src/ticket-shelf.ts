/** Where tickets are kept, by names that say nothing. */
export interface TicketShelf {
  put(name: string, ticket: KeptTicket): Promise<void>
  /** `undefined`: there is none of that name. One that has ended may still be there. */
  get(name: string): Promise<KeptTicket | undefined>
  /** Removes what has ended by `now`, in milliseconds since the epoch. */
  sweep(now: number): Promise<void>
}

/** A ticket that only its id opens. */
export interface KeptTicket {
  /** Milliseconds since the epoch. */
  readonly endsAt: number
  readonly sealed: string
}
