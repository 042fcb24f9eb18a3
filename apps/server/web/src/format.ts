const sameDay: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' }
const sameYear: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' }
const otherYear: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
const whole: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeStyle: 'short' }

const formats = new Map<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>()

// Making a format is slow enough to be felt in a long list.
const format = (options: Intl.DateTimeFormatOptions, at: Date): string => {
  const known = formats.get(options) ?? new Intl.DateTimeFormat(undefined, options)
  formats.set(options, known)
  return known.format(at)
}

/** An instant as short as it stays clear: the time today, the day this year. */
export const shortDate = (at: number, now = Date.now()): string => {
  const date = new Date(at)
  const today = new Date(now)
  if (date.toDateString() === today.toDateString()) return format(sameDay, date)
  return format(date.getFullYear() === today.getFullYear() ? sameYear : otherYear, date)
}

/** An instant in full. */
export const fullDate = (at: number): string => format(whole, new Date(at))

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A number of bytes as people say it: three digits at most. */
export const size = (bytes: number): string => {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)))
  const value = bytes / 1000 ** step
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: units[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value)
}
