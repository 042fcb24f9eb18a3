import { isSame, type Seen } from './disk.ts'
import type { Entry } from './entries.ts'
import { isBackupOf, isPassing } from './names.ts'
import type { Sighting } from './scan.ts'
import type { ServedFolder } from './served-folder.ts'

/** A folder, and where it is. */
export interface Where {
  readonly id: string
  readonly path: string
}

/** A name on disk, and who may be the file that bears it. */
export interface Claim {
  readonly name: string
  readonly seen: Seen
  /** What the index has under the name, or what has gone from there and may come back. */
  readonly before: Entry | undefined
  /** The entry whose file has come to the name. */
  readonly claimant: Entry | undefined
}

/** A file that came up less than this many milliseconds ago, and was not used, may be one that a program is saving. */
const young = 60_000

/** What names that are not as the index has them, or not with the same files, can be. */
export function claimsOn(served: ServedFolder, where: Where, sightings: readonly Sighting[]): Claim[] {
  const { entries, disk } = served
  const odd = sightings.flatMap(({ name }) => {
    const seen = disk.see(`${where.path}/${name}`)
    const here = entries.named(where.id, name)
    const isOdd = seen && !(here && isSame(here, seen) && here.isFolder === seen.isFolder)
    const before = here ?? (seen?.isFolder ? undefined : awaited(served, where, name))
    return isOdd ? [{ name, seen, before }] : []
  })
  const names = new Set(odd.map(({ name }) => name))
  const taken = new Set<string>()
  return odd.map((claim) => {
    const claimant = claimantOf(served, claim, taken)
    // An editor has moved the old state aside: the file is what bears its name now.
    const isBackup = claimant?.parent === where.id && isBackupOf(claim.name, claimant.name) && names.has(claimant.name)
    if (!claimant || isBackup) return { ...claim, claimant: undefined }
    taken.add(claimant.id)
    return { ...claim, claimant }
  })
}

/** A name whose file is gone keeps its id for the next file there: programs save so, in more than one step. */
function awaited({ entries, use }: ServedFolder, { id }: Where, name: string): Entry | undefined {
  const all = entries.awaited(id, name)
  return all.find((each) => use.isLocked(each.id)) ?? all[0]
}

/** The entry whose inode this is, unless it is where it should be: then this is another name of the same file. */
function claimantOf(
  { entries, places }: ServedFolder,
  { name, seen, before }: Omit<Claim, 'claimant'>,
  taken: ReadonlySet<string>,
): Entry | undefined {
  const displaced = entries
    .identified(seen)
    .filter(
      (each) => each.isFolder === seen.isFolder && !taken.has(each.id) && (each.state !== 'here' || !places.find(each)),
    )
    .filter((each) => !leaves(each, name))
  // A file that was put aside for a while is known by the id of its own name and by one of the passing name.
  const isHere = ({ state, name: its }: Entry) => state === 'here' && !isPassing(its)
  return (
    displaced.find(({ id }) => id === before?.id) ??
    displaced.find(isHere) ??
    displaced.find((each) => !isPassing(each.name)) ??
    displaced[0]
  )
}

/** Whether a file that has come to the name `to` has left its id behind: nothing carries one to a passing name. */
export const leaves = (entry: Entry, to: string): boolean =>
  entry.isFolder === 0 && isPassing(to) && !isPassing(entry.name)

/** Whether a file that has come over another one's name takes on the id of that, as the next state of the same file. */
export function takesOn({ use, now }: ServedFolder, claimant: Entry, before: Entry): boolean {
  if (claimant.isFolder) return false
  const isNew = Math.abs(now() - claimant.firstSeen) < young && !use.isUsed(claimant.id)
  return isNew || isPassing(claimant.name) || use.isLocked(before.id)
}
