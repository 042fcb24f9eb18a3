/** A language tag that dates and numbers can be written by. `undefined`: `raw` is none. */
export function localeOf(raw: string | undefined): string | undefined {
  try {
    const [locale] = raw ? Intl.DateTimeFormat.supportedLocalesOf(raw) : []
    return locale
  } catch {
    return undefined
  }
}
