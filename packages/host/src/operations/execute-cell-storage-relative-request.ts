import { WopiError } from '@openwopi/protocol'
import { answerCells } from '../answer-cells.ts'
import type { CellsCall } from '../cells.ts'
import type { Circumstances, Implementation, Ports } from '../implementation.ts'
import { isValidName } from '../names.ts'
import type { Grant, StoredFile } from '../ports.ts'

export const executeCellStorageRelativeRequest: Implementation<'executeCellStorageRelativeRequest'> = (ports) => {
  const { cells, storage } = ports
  return (
    cells &&
    (async ({ relativeTarget: name, ...message }, { grant, offers, note, ...subject }) => {
      if (!isValidName(name)) throw new WopiError('InvalidName', { reason: 'the name cannot be used' })
      const parentId = 'file' in subject ? subject.file.parentId : subject.container.id
      const beside = await storage.child(parentId, name)
      const target = beside ?? { parentId, name }
      const rights = beside ? await rightsTo(ports, { beside, grant, offers }) : rightsToMake(grant, offers)
      return answerCells(cells, message, { about: { target, user: grant.user, ...rights }, note })
    })
  )
}

type Rights = Pick<CellsCall, 'canWrite' | 'canRename'>
type Offers = Circumstances['offers']

const rightsToMake = ({ can }: Grant, offers: Offers): Rights => ({
  canWrite: can.has('create') && offers('putRelativeFile'),
  canRename: false,
})

interface Asked {
  readonly beside: StoredFile
  readonly grant: Grant
  readonly offers: Offers
}

/** The grant at hand is for what the client has open; the file beside it has permissions of its own. */
async function rightsTo({ access }: Ports, { beside: { id, isReadOnly }, grant, offers }: Asked): Promise<Rights> {
  const { token } = await access.issue(grant, { on: 'file', id })
  const can = (await access.authorize(token, { on: 'file', id }))?.can
  if (!can?.has('read')) throw new WopiError('NotFound', {})
  return { canWrite: can.has('write') && !isReadOnly, canRename: can.has('rename') && offers('renameFile') }
}
