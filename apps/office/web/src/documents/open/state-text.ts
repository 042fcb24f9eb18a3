import type { SaveState } from '../../../../src/session-messages.ts'
import { locale } from '../../locale.ts'
import { sentence, strings } from '../../strings.ts'

export interface Standing {
  readonly save: SaveState | undefined
  readonly isConnected: boolean
  readonly hasUnsynced: boolean
  /** Whether the office takes nothing of that, although there is a connection. */
  readonly isStuck: boolean
  readonly isReadOnly: boolean
}

/** What the bar says about saving. It says "saved" only of what the host has confirmed. */
export function stateText({ save, isConnected, hasUnsynced, isStuck, isReadOnly }: Standing): {
  text: string
  tone: 'calm' | 'waiting'
} {
  const { saving } = strings
  if (!save) return { text: saving.opening, tone: 'calm' }
  if (!isConnected) return { text: saving.disconnected, tone: 'waiting' }
  if (save.is === 'offline' || (isStuck && !isReadOnly)) return { text: saving.offline, tone: 'waiting' }
  if (save.is === 'stopped' && (save.hasUnsaved || hasUnsynced)) return { text: saving.notSaved, tone: 'waiting' }
  if (save.is === 'saving') return { text: saving.saving, tone: 'calm' }
  if (save.is === 'unsaved' || (hasUnsynced && !isReadOnly)) return { text: saving.unsaved, tone: 'calm' }
  const savedAt = save.is === 'saved' ? save.savedAt : undefined
  if (savedAt !== undefined) return { text: saving.saved(timeOf(savedAt)), tone: 'calm' }
  return { text: isReadOnly ? '' : saving.opened, tone: 'calm' }
}

/** The time of day, as people here write it. */
export const timeOf = (instant: number): string =>
  new Date(instant).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })

/** Whether there is anything to save, as a host's page is told. `isBehind`: the office lacks something that is seen here. */
export const isModified = (save: SaveState | undefined, isBehind: boolean): boolean => {
  if (isBehind) return true
  return save !== undefined && (save.is === 'stopped' ? save.hasUnsaved : save.is !== 'saved')
}

/** Why a document is not saved. */
export const obstacleText = (why: string): string =>
  why === '' ? strings.saving.notSaved : sentence(why, strings.notices.notKept)
