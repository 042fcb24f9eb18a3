import { type CheckFileInfo, canEdit } from '@openwopi/protocol'
import type { Call, FileClient } from './client.ts'
import { closeSession } from './close-session.ts'
import { exactly } from './content.ts'
import type { CloseResult, EditSession } from './edit-session.ts'
import { createKnownVersion } from './known-version.ts'
import { keepLock } from './lock-keeper.ts'
import type { OpenedDocument } from './open-document.ts'
import { reporter } from './reporter.ts'
import { saveCopy } from './save-copy.ts'
import { createSaveQueue } from './save-queue.ts'
import { type Facts, type SessionState, stateOf } from './session-state.ts'
import { createSessionWork } from './session-work.ts'
import type { Timers } from './timers.ts'
import { SessionLost } from './verdict.ts'

export interface SessionSettings {
  readonly lockId: string
  readonly accessToken: string | undefined
  readonly sessionContext: string | undefined
  readonly onState: (state: SessionState) => void
  /** Milliseconds. */
  readonly refreshEvery: number
  /** Milliseconds. */
  readonly recheckEvery: number
  readonly timers: Timers
}

/** A session on a document that has just been opened. */
export function startSession(file: FileClient, opened: OpenedDocument, settings: SessionSettings): EditSession {
  const { lockId, sessionContext, timers } = settings
  const ended = new AbortController()
  let token = settings.accessToken
  let info = opened.info
  let closing: Promise<CloseResult> | undefined

  const call = (): Call => ({ signal: ended.signal, ...(token !== undefined && { accessToken: token }) })
  const check = async (): Promise<CheckFileInfo> => {
    info = (await file.checkFileInfo({ sessionContext }, call())).info
    return info
  }
  const facts: Facts = {
    tokensGiven: 0,
    isClosed: false,
    isTokenExpired: false,
    lost: undefined,
    failing: undefined,
    readOnly: opened.readOnly,
  }
  const queue = createSaveQueue()
  const state = () => stateOf(facts, queue.latest !== undefined)
  const report = reporter(state, settings.onState)
  const known = createKnownVersion({ info, check, getFile: () => file.getFile({}, call()) })
  const lock = keepLock({
    ...{ file, call, lockId, timers, every: settings.refreshEvery, isHeld: opened.isLocked },
    facts,
    refreshed: () => (queue.latest || facts.lost ? undefined : work.healthy()),
    retaken: () => known.doubt(),
    failed(error, tokensGiven) {
      work.failed(error, tokensGiven)
      work.kick()
    },
  })
  const desk = { file, call, lockId, isLocking: opened.isLocked, lock, facts, queue, known, timers, report, recheck }
  const work = createSessionWork(desk)

  /** Rights may be taken away in the middle of a session, and given back. */
  async function recheck(): Promise<void> {
    if (facts.isTokenExpired || facts.isClosed) return
    const { tokensGiven } = facts
    try {
      await check()
      if (!facts.readOnly && !canEdit(info)) throw new SessionLost({ is: 'lost', why: 'not-permitted' })
      const isOver = facts.lost?.why === 'gone' || facts.lost?.why === 'not-permitted'
      if (isOver || (!facts.lost && !queue.latest)) work.healthy()
      if (isOver) work.again()
    } catch (error) {
      work.failed(error as Error, tokensGiven)
    }
  }
  let stopRechecks = () => {}
  const scheduleRecheck = () => {
    if (closing) return
    stopRechecks = timers.setTimer(() => void recheck().then(scheduleRecheck), settings.recheckEvery)
  }
  scheduleRecheck()
  report()

  return {
    get info() {
      return info
    },
    get state() {
      return state()
    },
    get hasUnsaved() {
      return queue.latest !== undefined
    },
    get unsaved() {
      return queue.latest
    },
    get version() {
      return known.version
    },
    async read() {
      const { version, size, content } = await file.getFile({}, token === undefined ? {} : { accessToken: token })
      if (!queue.latest) known.read(version)
      // A host that does not announce the length may break off without anyone noticing.
      return size === undefined && version === info.Version ? exactly(content, info.Size) : content
    },
    async save(content, options = {}) {
      const stored = queue.put({ content, options })
      if (facts.isClosed || facts.readOnly || facts.isTokenExpired) queue.giveUp()
      work.again()
      report()
      return (await stored) ? { isStored: true, version: known.version } : { isStored: false, state: state() }
    },
    async saveCopy(copy = {}) {
      const { created, snapshot } = await saveCopy(desk, info, copy)
      queue.stored(snapshot)
      report()
      return created
    },
    discard() {
      queue.drop()
      report()
    },
    use(accessToken) {
      const isOther = accessToken !== token
      token = accessToken
      if (isOther) facts.tokensGiven++
      if (isOther && facts.isTokenExpired) goOn()
    },
    retry({ overwrite = false } = {}) {
      if (overwrite && facts.lost?.why === 'changed') known.overwrite()
      goOn()
    },
    close({ within = 30_000, keepLock = false } = {}) {
      stopRechecks()
      closing ??= closeSession({ ...desk, work, ended, state, keepLock }, within)
      return closing
    },
  }

  function goOn(): void {
    facts.isTokenExpired = false
    report()
    void lock.refresh()
    work.hurry()
    if (!queue.latest) void recheck()
  }
}
