/** Bytes. */
export const longestName = 255

/** Throws unless `name` is one plain component of a path that is also served. */
export function checkName(name: string): void {
  const isPlain = name !== '' && !/[/\0\p{Surrogate}]/u.test(name) && Buffer.byteLength(name) <= longestName
  if (!isPlain || !isServed(name)) throw new Error(`${JSON.stringify(name.slice(0, 300))} cannot be the name of a file`)
}

/** Whether a file or folder of this name is shown: hidden ones and the lock files of desktop programs are not. */
export const isServed = (name: string): boolean => !name.startsWith('.') && !name.startsWith('~$')

/** What a name is looked up and sorted by: without case and accents. */
export const folded = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const passing = [
  /^~|~$/,
  /\.(tmp|temp|part|partial|bak|sw[a-p]|crdownload|download)$/i,
  /^\.#|^#.*#$/,
  /^\.goutputstream-/,
  /\.sb-[\w-]+$/,
  // Excel, and vim where it tries out a folder.
  /^(?=.*[A-F])[\dA-F]{8}$|^4913$/,
]

/** Whether programs give a file this name while they save it, or to the state before: it stands for another file. */
export const isPassing = (name: string): boolean => passing.some((pattern) => pattern.test(name))

/** Whether `name` is what editors call the old state of `original` that they leave beside the new one. */
export const isBackupOf = (name: string, original: string): boolean =>
  name !== original &&
  name.startsWith(original) &&
  /^(~|\.(bak|old|orig|tmp|~?\d+~?))+$/i.test(name.slice(original.length))
