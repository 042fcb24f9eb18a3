import type { CheckFileInfo } from '@openwopi/protocol'
import type { ReadOnlyReason } from '../session-messages.ts'
import type { DocumentSession } from './document-session.ts'
import type { OfficePorts } from './office-ports.ts'
import { type Participant, whyReadOnly } from './participant.ts'
import { whyNot } from './why-not.ts'

const lookEvery = 2_000
const recheckEvery = 5 * 60_000
const warnBefore = 5 * 60_000
/** A page is shut this long before its token ends: what was typed until then can still be saved under it. */
const endBefore = 3_000
/** What is unsaved this long before a token ends is saved while it still can be. */
const saveBefore = 60_000

/** Watches over who may stay: asks the host again every five minutes, and lets no token be used up unnoticed. */
export function keepWatch(session: DocumentSession, ports: OfficePorts): void {
  const timer = setInterval(() => {
    if (session.isOver) return clearInterval(timer)
    for (const participant of session.people.all()) look(session, participant, ports)
  }, lookEvery)
  timer.unref()
}

function look(session: DocumentSession, participant: Participant, ports: OfficePorts): void {
  const now = ports.now()
  const { expiresAt } = participant.ticket
  const left = expiresAt === undefined ? Number.POSITIVE_INFINITY : expiresAt - now
  if (left <= endBefore) dismiss(participant, { code: 'expired' })
  else if (left <= warnBefore) warn(session, participant, left)
  if (left <= endBefore || now < participant.checkedAt + recheckEvery) return
  participant.checkedAt = now
  recheck(session, participant, ports).catch((cause) =>
    ports.observe({ what: 'permission not checked again', wopiSrc: session.wopiSrc, cause }),
  )
}

function warn(session: DocumentSession, participant: Participant, inMs: number): void {
  if (inMs < saveBefore) session.saveInTime()
  if (participant.hasBeenWarned) return
  participant.hasBeenWarned = true
  for (const connection of participant.connections) {
    connection.sendStateless(JSON.stringify({ type: 'expiring', inMs }))
  }
}

async function recheck(session: DocumentSession, participant: Participant, ports: OfficePorts): Promise<void> {
  const { wopiSrc, accessToken, action } = participant.ticket
  try {
    const { info } = await ports.client(wopiSrc, accessToken).checkFileInfo()
    await applyPermission(session, participant, { info, action })
  } catch (cause) {
    if (whyNot(cause) === 'host-away') throw cause
    dismiss(participant, { code: 'ended' })
  }
}

async function applyPermission(
  session: DocumentSession,
  participant: Participant,
  { info, action }: { info: CheckFileInfo; action: 'view' | 'edit' },
): Promise<void> {
  const before = participant.readOnly?.code
  participant.readOnly = whyReadOnly(info, action)
  await session.isAt(info)
  if (before === participant.readOnly?.code) return
  if (participant.readOnly === undefined) await session.startEditing()
  session.announce()
}

/** Ends someone's part in it. Their page keeps what it shows. */
function dismiss(participant: Participant, why: ReadOnlyReason): void {
  participant.readOnly = why
  for (const connection of participant.connections) {
    connection.readOnly = true
    connection.sendStateless(JSON.stringify({ type: 'ended', why }))
    connection.close({ code: 4403, reason: 'ended' })
  }
}
