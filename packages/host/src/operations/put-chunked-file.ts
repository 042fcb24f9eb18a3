import { type Input, WopiError } from '@openwopi/protocol'
import type { Implementation, Ports } from '../implementation.ts'
import type { Rewrite, StoredFile } from '../ports.ts'
import { type ArrivedSave, takeIn } from '../transfer/arrived-chunks.ts'
import { assemble } from '../transfer/assembly.ts'
import { chunkedConflict } from '../transfer/chunked-conflict.ts'
import { sequenceOf, stateOf, whileItStands } from '../transfer/file-state.ts'
import { badRequest } from '../transfer/read-request.ts'
import { rememberSent } from '../transfer/remember-sent.ts'
import { type Transferring, transferring } from '../transfer/transferring.ts'

export const putChunkedFile: Implementation<'putChunkedFile'> = (ports) => {
  const transfer = transferring(ports)
  return (
    transfer &&
    (async ({ sequenceNumber, lock, coauthLockId, editors, content }, call) => {
      const { file, grant, note } = call
      if (lock !== undefined && coauthLockId !== undefined)
        throw badRequest('X-WOPI-Lock and X-WOPI-CoauthLockId exclude each other')
      const conflict = conflictOf(ports, { lock, coauthLockId })
      const refused = await conflict(file)
      if (refused) throw refused
      if (sequenceNumber !== sequenceOf(file)) throw mismatch(file)

      const sent = await takeIn(transfer, content, { fileId: file.id, userId: grant.user.id })
      try {
        const decide = async (present: StoredFile) =>
          present.version === file.version && !(await conflict(present)) ? 'replace' : 'refuse'
        const change: Rewrite = { by: grant.user, ...(editors && { editors }), decide }
        const saved = await whileItStands(() => save(transfer, { file, sent, change }))
        if (!saved) throw await refusal(ports, file, conflict)
        note({ save: { ...(editors && { editors }), version: saved.version } })
        await rememberSent(transfer, { before: file, after: saved, message: sent.message })
        await endSession(transfer, sent)
        return { sequenceNumber: sequenceOf(saved), version: saved.version }
      } finally {
        await sent.discard()
      }
    })
  )
}

type ConflictOf = (present: StoredFile) => Promise<WopiError | undefined>

function conflictOf(ports: Ports, locks: Pick<Input<'putChunkedFile'>, 'lock' | 'coauthLockId'>): ConflictOf {
  const at = ports.now()
  return async (file) =>
    chunkedConflict(ports, {
      file,
      at,
      slot: await ports.locks.read(file.id, file),
      lock: locks.lock,
      coauthLockId: locks.coauthLockId,
    })
}

interface Saving {
  readonly file: StoredFile
  readonly sent: ArrivedSave
  readonly change: Rewrite
}

/** `undefined`: it is refused, or the file has moved on. */
async function save(transfer: Transferring, { file, sent, change }: Saving): Promise<StoredFile | undefined> {
  const state = await stateOf(transfer, file)
  const assembly = state && (await assemble(transfer, state, sent))
  return assembly && transfer.storage.write(file, assembly.content, { ...change, carries: assembly.carries })
}

async function endSession({ uploads }: Transferring, { message }: ArrivedSave): Promise<void> {
  const token = message.UploadSessionTokenToCommit
  if (token !== null) await uploads.end(token)
}

const mismatch = (file: StoredFile) =>
  new WopiError('SequenceMismatch', {
    sequenceNumber: sequenceOf(file),
    reason: 'the file is not in the state that the save starts from',
  })

/** Why a save is not taken. */
async function refusal({ storage }: Ports, { id }: StoredFile, conflict: ConflictOf): Promise<WopiError> {
  const present = await storage.find(id)
  return present ? ((await conflict(present)) ?? mismatch(present)) : new WopiError('NotFound', {})
}
