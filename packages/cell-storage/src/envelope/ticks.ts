/** A tick is 100 nanoseconds. */
const ticksInMillisecond = 10_000n
/** What lies between the beginnings of two calendars and that of JavaScript, in ticks. */
const from0001 = 621_355_968_000_000_000n
const from1601 = 116_444_736_000_000_000n

/** An instant, in milliseconds since 1970, as ticks since the year 1. */
export const ticksSince0001 = (milliseconds: number): bigint =>
  BigInt(Math.round(milliseconds)) * ticksInMillisecond + from0001

/** An instant, in milliseconds since 1970, as ticks since the year 1601. */
export const ticksSince1601 = (milliseconds: number): bigint =>
  BigInt(Math.round(milliseconds)) * ticksInMillisecond + from1601

/** The instant that is so many ticks after the beginning of the year 1601, in milliseconds since 1970. */
export const instantOf1601 = (ticks: bigint): number => Number((ticks - from1601) / ticksInMillisecond)
