/** Bytes of memory that several may use together. */
export interface Allowance {
  take(): Share
}

/** What one of them uses. */
export interface Share {
  /** `false`: it is too much. */
  grow(bytes: number): boolean
  /** All of it is free again. */
  giveBack(): void
}

/** How much one may use, and all together, in bytes. */
export interface AllowanceLimits {
  readonly each: number
  readonly together: number
}

/** Counts what is used. */
export function allowance({ each, together }: AllowanceLimits): Allowance {
  let used = 0
  return {
    take() {
      let own = 0
      return {
        grow(bytes) {
          own += bytes
          used += bytes
          return own <= each && used <= together
        },
        giveBack() {
          used -= own
          own = 0
        },
      }
    },
  }
}
