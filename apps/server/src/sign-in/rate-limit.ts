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
  take(key: string): number
  /** Takes one back: it does not count after all. */
  giveBack(key: string): void
}

/** More keys than this are not remembered: the longest unused is forgotten first. */
const mostKeys = 10_000

interface Bucket {
  left: number
  at: number
}

/** A bucket of tokens for each key, which fills again evenly. */
export function rateLimit({ times, per }: Rate, now: () => number): RateLimit {
  const buckets = new Map<string, Bucket>()

  const bucketOf = (key: string): Bucket => {
    const { left, at } = buckets.get(key) ?? { left: times, at: now() }
    const bucket = { left: Math.min(times, left + ((now() - at) * times) / per), at: now() }
    buckets.delete(key)
    buckets.set(key, bucket)
    const [oldest] = buckets.keys()
    if (buckets.size > mostKeys && oldest !== undefined) buckets.delete(oldest)
    return bucket
  }

  return {
    take(key) {
      const bucket = bucketOf(key)
      if (bucket.left < 1) return ((1 - bucket.left) * per) / times
      bucket.left -= 1
      return 0
    },
    giveBack(key) {
      bucketOf(key).left += 1
    },
  }
}
