import { type Claim, claimsOn, takesOn, type Where } from './claims.ts'
import { hasKnownContent, takeArrival } from './contents.ts'
import type { Seen } from './disk.ts'
import { contentOf, type Entry, type Known } from './entries.ts'
import { takeOutsideChange } from './outside-change.ts'
import type { Sighting } from './scan.ts'
import type { ServedFolder } from './served-folder.ts'
import { toStoredFile } from './stored-file.ts'
import { trashPath } from './trash-path.ts'

interface Unsettled {
  readonly moved: readonly Sighting[]
  readonly absent: readonly Known[]
  readonly isElsewhere: (entry: Entry) => boolean
}

/**
 * Decides which file is which after names have changed outside. A file goes where its inode is. A name whose inode is
 * new, or has only served to save, keeps the id of the file it had, if that one is nowhere else. One step, with the disk
 * as it is now. Whether a folder has come here.
 */
export function settle(served: ServedFolder, where: Where, { moved, absent, isElsewhere }: Unsettled): boolean {
  const { entries, disk } = served
  return served.change(() => {
    const claims = claimsOn(served, where, moved)
    for (const { claimant, before } of claims)
      for (const entry of [claimant, before]) if (entry?.state === 'here') entries.setState(entry.id, 'missing')
    for (const entry of absent) {
      const isStill = entries.get(entry.id)
      const seen = disk.see(`${where.path}/${entry.name}`)
      if (isStill?.state === 'here' && isStill.parent === where.id && isStill.name === entry.name && !seen)
        entries.setState(entry.id, 'missing')
    }
    served.places.forget()
    const taken = new Set(claims.map(({ claimant }) => claimant?.id))
    for (const claim of claims) {
      const { before, claimant, seen } = claim
      const isGone = before?.isFolder === seen.isFolder && !taken.has(before.id) && !isElsewhere(before)
      if (isGone && (!claimant || takesOn(served, claimant, before))) replace(served, where, claim, before)
      else if (claimant) move(served, where, claim, claimant)
      else addEntry(served, where, claim.name)
    }
    return claims.some(({ claimant }) => claimant?.isFolder)
  })
}

function move(served: ServedFolder, where: Where, { name, seen }: Claim, entry: Entry): void {
  const { entries, leftovers, places, data } = served
  entries.place({ id: entry.id, parent: where.id, name })
  if (entry.state === 'trashed') leftovers.note(trashPath(data, entry.id), seen.ino)
  places.forget()
  const now = { ...entry, parent: where.id, name, state: 'here' as const }
  if (entry.isFolder) return
  served.observe({ what: 'moved outside', file: toStoredFile(now), path: `${where.path}/${name}` })
  takeContent(served, takeArrival(served, now, seen), seen)
}

function replace(served: ServedFolder, where: Where, { name, seen, claimant }: Claim, entry: Entry): void {
  // The file belongs to this entry from now on, wherever it goes.
  if (claimant && claimant.state !== 'trashed') served.entries.setContent(claimant.id, { ...claimant, ino: 0, born: 0 })
  served.entries.place({ id: entry.id, parent: where.id, name })
  if (entry.isFolder) served.entries.setCompared(entry.id, { ...contentOf(seen), mtime: 0 })
  else takeContent(served, { ...entry, state: 'here' }, seen)
  served.places.forget()
}

/** Takes the file for the entry's, and what it contains for changed, unless only reading can tell. */
function takeContent(served: ServedFolder, entry: Entry, seen: Seen): void {
  const isKnown = hasKnownContent(entry, seen)
  if (isKnown === false) return void takeOutsideChange(served, entry, seen)
  const { ino, born } = seen
  served.entries.setContent(entry.id, { ...entry, ino, born, ctime: isKnown ? seen.ctime : 0 })
  if (!isKnown) served.contents.wants(entry.id)
}

/** Gives what is new at this name an id. Nothing happens if the name is gone or known by now. */
export function addEntry(served: ServedFolder, { id: parent, path }: Where, name: string): void {
  const { entries, disk, ownerId, newId, now } = served
  const seen = disk.see(`${path}/${name}`)
  if (!seen || entries.named(parent, name)) return
  const { isFolder } = seen
  const content = { ...contentOf(seen), mtime: isFolder ? 0 : seen.mtime, size: isFolder ? 0 : seen.size }
  const version = isFolder ? 0 : entries.nextVersion()
  const kind = { isFolder, state: 'here', sha256: null, owner: ownerId, outside: 1, modifiedAt: content.mtime } as const
  entries.insert({ id: newId(), parent, name, ...kind, ...content, version, firstSeen: now() })
}
