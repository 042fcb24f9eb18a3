/** 100 nanoseconds each, from the first of January of the year 1 to that of 1970. */
const ticksTo1970 = 621_355_968_000_000_000n
/** The same from the first of January 1601. */
const fileTimeTo1970 = 116_444_736_000_000_000n

const since = (ticks: string, epoch: bigint): number | undefined =>
  /^\d{1,19}$/.test(ticks) ? Number((BigInt(ticks) - epoch) / 10_000n) : undefined

/** Milliseconds since 1970, of a time in ticks since the year 1. `undefined`: it is none. */
export const dateOfTicks = (ticks: string): number | undefined => since(ticks, ticksTo1970)

/** Milliseconds since 1970, of a time in ticks since 1601. `undefined`: it is none. */
export const dateOfFileTime = (ticks: string): number | undefined => since(ticks, fileTimeTo1970)

/** A time in milliseconds since 1970, in ticks since 1601. */
export const fileTimeOf = (milliseconds: number): string =>
  String(BigInt(Math.floor(milliseconds)) * 10_000n + fileTimeTo1970)
