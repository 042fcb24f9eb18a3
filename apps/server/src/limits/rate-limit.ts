/** How often something may be done. */
export interface Rate {
  /** So many times at once… */
  readonly times: number
  /** …and as many again over this many milliseconds. */
  readonly per: number
}

/** Counts, by key, what is done too often. */
export interface RateLimit {
  /** Counts one more. What is returned is how long to wait first, in milliseconds; 0: go ahead. */
  take(key: string): Promise<number>
  /** Takes one back: it does not count after all. */
  giveBack(key: string): Promise<void>
}

/** Times are sums of fractions: so many milliseconds more do not count. */
export const slack = 0.5

/** Makes the limit of this name. Two of one name are one. */
export type RateLimits = (name: string, rate: Rate) => RateLimit
