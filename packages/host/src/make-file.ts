import { type Content, WopiError } from '@openwopi/protocol'
import type { Ports } from './implementation.ts'
import { heldLock, mismatch, refuseOpenElsewhere } from './locking.ts'
import { isValidName, nextFreeNames, repairName } from './names.ts'
import type { Grant, Storage, StoredFile } from './ports.ts'

/** A file that a client wants beside others: its content, and its name in one of the two ways of the protocol. */
export interface WantedFile {
  readonly parentId: string
  readonly grant: Grant
  readonly content: Content
  /** What to call it if only an extension is suggested. */
  readonly baseName: string
  /** The host alters it until it will do. */
  readonly suggestedTarget?: string | undefined
  /** This name or none. */
  readonly relativeTarget?: string | undefined
  /** A file of exactly this name is replaced. */
  readonly overwrite?: boolean | undefined
}

/** Makes the file, or throws what the protocol says of PutRelativeFile and CreateChildFile. */
export async function makeFile(ports: Ports, wanted: WantedFile): Promise<StoredFile> {
  const { suggestedTarget, relativeTarget } = wanted
  checkTargets(suggestedTarget, relativeTarget)
  return suggestedTarget === undefined
    ? named(ports, wanted, relativeTarget ?? '')
    : suggested(ports, wanted, suggestedTarget)
}

/** Exactly one of the two must be given. */
export function checkTargets(suggestedTarget: string | undefined, relativeTarget: string | undefined): void {
  if (suggestedTarget !== undefined && relativeTarget !== undefined) throw new WopiError('NotImplemented', {})
  if (suggestedTarget !== undefined || relativeTarget !== undefined) return
  throw new WopiError('InvalidRequest', { reason: 'neither X-WOPI-SuggestedTarget nor X-WOPI-RelativeTarget is given' })
}

/** A name that starts with a dot is only an extension. */
async function suggested(
  { storage }: Ports,
  { parentId, grant, content, baseName }: WantedFile,
  name: string,
): Promise<StoredFile> {
  const names = nextFreeNames(repairName(name.startsWith('.') ? baseName + name : name))
  const made = await storage.create(parentId, names, content, { by: grant.user })
  if (!made) throw new WopiError('ServerError', { reason: 'no free name could be found' })
  return made
}

/** Exactly this name, or a refusal that says which one would do. */
async function named(ports: Ports, wanted: WantedFile, name: string): Promise<StoredFile> {
  const { parentId, grant, content, overwrite } = wanted
  const place = { storage: ports.storage, parentId }
  if (!isValidName(name)) {
    const suggestion = await freeName(place, repairName(name))
    throw new WopiError('InvalidName', { reason: 'the name cannot be used', suggestion })
  }
  const existing = await ports.storage.child(parentId, name)
  if (existing && overwrite) return replace(ports, wanted, existing)
  const made = existing ? undefined : await ports.storage.create(parentId, [name], content, { by: grant.user })
  if (!made) throw new WopiError('NameTaken', { suggestion: await freeName(place, name, name) })
  return made
}

async function replace(ports: Ports, { grant, content }: WantedFile, target: StoredFile): Promise<StoredFile> {
  if (target.isReadOnly || !(await mayWrite(ports, grant, target))) throw new WopiError('NotImplemented', {})
  refuseOpenElsewhere(target)
  const heldNow = () => heldLock(ports, target.id)
  const held = await heldNow()
  if (held) throw mismatch(held, 'the file of that name is locked')
  const saved = await ports.storage.write(target, content, {
    by: grant.user,
    decide: async () => ((await heldNow()) ? 'refuse' : 'replace'),
  })
  if (!saved) throw mismatch(await heldNow(), 'the file of that name has changed while it was being overwritten')
  return saved
}

/** The grant at hand is for what the client has open; the file it would overwrite has permissions of its own. */
async function mayWrite({ access }: Ports, grant: Grant, { id }: StoredFile): Promise<boolean> {
  const { token } = await access.issue(grant, { on: 'file', id })
  return (await access.authorize(token, { on: 'file', id }))?.can.has('write') ?? false
}

interface Place {
  readonly storage: Storage
  readonly parentId: string
}

/** `taken` is not free even where no file has it: a folder may. */
async function freeName(at: Place, name: string, taken?: string): Promise<string> {
  for (const candidate of nextFreeNames(name)) {
    if (candidate !== taken && !(await at.storage.child(at.parentId, candidate))) return candidate
  }
  return name
}
