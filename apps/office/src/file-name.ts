/** What follows the last dot of a name, in lower case; empty where there is none. */
export const extensionOf = (name: string): string => /[^.]\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** The name without its extension. */
export const stemOf = (name: string): string => name.replace(/(?<=[^.])\.[^.]+$/, '')

/** `notes.md` → `notes (copy).md`. */
export function copyName(name: string, mark: string): string {
  const stem = stemOf(name)
  return `${stem} (${mark})${name.slice(stem.length)}`
}
