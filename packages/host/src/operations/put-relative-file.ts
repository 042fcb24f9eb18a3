import { type Content, type Input, WopiError } from '@openwopi/protocol'
import type { Call, Implementation, Ports } from '../implementation.ts'
import { heldLock, mismatch, refuseOpenElsewhere } from '../locking.ts'
import { isValidName, nextFreeNames, repairName, splitName } from '../names.ts'
import type { StoredFile } from '../ports.ts'
import { exactly } from '../sized.ts'
import { lastModifiedTime } from './check-file-info.ts'

type Asked = Input<'putRelativeFile'>

export const putRelativeFile: Implementation<'putRelativeFile'> = (ports) => async (asked, call) => {
  if (asked.suggestedTarget !== undefined && asked.relativeTarget !== undefined)
    throw new WopiError('NotImplemented', {})
  const content = asked.size === undefined ? asked.content : exactly(asked.size, asked.content)
  const made =
    asked.suggestedTarget !== undefined
      ? await suggested(ports, call, { name: asked.suggestedTarget, content })
      : await named(ports, call, asked, content)
  call.note({ made })
  const { HostViewUrl, HostEditUrl } = ports.describe(made, call.grant)
  return {
    file: {
      Name: made.name,
      Url: await call.links.withToken({ on: 'file', id: made.id }, call.grant),
      LastModifiedTime: lastModifiedTime(made),
      ...(HostViewUrl !== undefined && { HostViewUrl }),
      ...(HostEditUrl !== undefined && { HostEditUrl }),
    },
  }
}

/** Suggested: the host alters the name until it is valid and free. A name that starts with a dot is only an extension. */
async function suggested(
  { storage }: Ports,
  { file, grant }: Call,
  { name, content }: { name: string; content: Content },
): Promise<StoredFile> {
  const wanted = name.startsWith('.') ? splitName(file.name).base + name : name
  const made = await storage.create(file.parentId, nextFreeNames(repairName(wanted)), content, { by: grant.user })
  if (!made) throw new WopiError('ServerError', { reason: 'no free name could be found' })
  return made
}

/** Specific: exactly this name, or a refusal that says which one would do. */
async function named(
  ports: Ports,
  call: Call,
  { relativeTarget: name, overwrite }: Asked,
  content: Content,
): Promise<StoredFile> {
  const { storage } = ports
  const { file, grant } = call
  if (name === undefined)
    throw new WopiError('InvalidRequest', {
      reason: 'neither X-WOPI-SuggestedTarget nor X-WOPI-RelativeTarget is given',
    })
  if (!isValidName(name)) {
    throw new WopiError('InvalidName', {
      reason: 'the name cannot be used',
      suggestion: await freeName(ports, file, repairName(name)),
    })
  }
  const existing = await storage.child(file.parentId, name)
  if (existing && overwrite) return replace(ports, call, existing, content)
  const made = existing ? undefined : await storage.create(file.parentId, [name], content, { by: grant.user })
  if (!made) throw new WopiError('NameTaken', { suggestion: await freeName(ports, file, name) })
  return made
}

async function replace(ports: Ports, { grant }: Call, target: StoredFile, content: Content): Promise<StoredFile> {
  if (!(await mayWrite(ports, grant, target))) throw new WopiError('NotImplemented', {})
  refuseOpenElsewhere(target)
  const refusedBy = () => heldLock(ports, target.id)
  const held = await refusedBy()
  if (held) throw mismatch(held, 'the file of that name is locked')
  const saved = await ports.storage.write(target, content, {
    by: grant.user,
    decide: async () => ((await refusedBy()) ? 'refuse' : 'replace'),
  })
  if (!saved) throw mismatch(await refusedBy(), 'the file of that name has changed while it was being overwritten')
  return saved
}

/** The grant at hand is for the file that the client has open; the one it would overwrite has permissions of its own. */
async function mayWrite({ access }: Ports, grant: Call['grant'], { id }: StoredFile): Promise<boolean> {
  const { token } = await access.issue(grant, { on: 'file', id })
  return (await access.authorize(token, { on: 'file', id }))?.can.has('write') ?? false
}

async function freeName({ storage }: Ports, { parentId }: StoredFile, name: string): Promise<string> {
  for (const candidate of nextFreeNames(name)) if (!(await storage.child(parentId, candidate))) return candidate
  return name
}
