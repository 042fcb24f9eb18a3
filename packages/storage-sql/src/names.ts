/** Bytes. */
export const longestName = 255

/** Throws unless `name` is one plain component of a path. */
export function checkName(name: string): void {
  const isPlain = name !== '' && !/[/\0\p{Surrogate}]/u.test(name) && Buffer.byteLength(name) <= longestName
  if (!isPlain || /^\.{1,2}$/.test(name))
    throw new Error(`${JSON.stringify(name.slice(0, 300))} cannot be the name of a file`)
}

/** Two names that have the same key are one name: neither case nor the way an accent is written makes a difference. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase().normalize('NFC')

/** What a name is sorted and searched by: without case and accents. */
export const folded = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** The columns of an entry that follow from its name. */
export const namesOf = (name: string) => ({ name, name_key: nameKey(name), sort_key: folded(name) })

/** Whether a database may have `text` as a key: what clients make up may hold characters that PostgreSQL does not take. */
export const isKey = (text: string): boolean => text !== '' && text.length <= 1000 && !text.includes('\0')
