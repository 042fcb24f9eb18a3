import { WopiError } from '@openwopi/protocol'
import { answerCells } from '../answer-cells.ts'
import type { Circumstances, Implementation, Ports } from '../implementation.ts'
import { isValidName } from '../names.ts'
import type { Grant, StoredFile } from '../ports.ts'

export const executeCellStorageRelativeRequest: Implementation<'executeCellStorageRelativeRequest'> = (ports) => {
  const { cells, storage } = ports
  return (
    cells &&
    (async ({ relativeTarget: name, ...message }, { file, grant, offers, note }) => {
      if (!isValidName(name)) throw new WopiError('InvalidName', { reason: 'the name cannot be used' })
      const { parentId } = file
      const beside = await storage.child(parentId, name)
      const target = beside ?? { parentId, name }
      const canWrite = beside ? await mayWrite(ports, grant, beside) : mayMake(grant, offers)
      return answerCells(cells, message, { about: { target, user: grant.user, canWrite }, note })
    })
  )
}

const mayMake = ({ can }: Grant, offers: Circumstances['offers']): boolean =>
  can.has('create') && offers('putRelativeFile')

/** The grant at hand is for what the client has open; the file beside it has permissions of its own. */
async function mayWrite({ access }: Ports, grant: Grant, { id, isReadOnly }: StoredFile): Promise<boolean> {
  const { token } = await access.issue(grant, { on: 'file', id })
  const own = await access.authorize(token, { on: 'file', id })
  if (!own?.can.has('read')) throw new WopiError('NotFound', {})
  return own.can.has('write') && !isReadOnly
}
