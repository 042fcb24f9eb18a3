import type { CheckFileInfo, Content, CreatedFile } from '@openwopi/protocol'
import { type Call, type ClientOptions, createClient, type FileClient } from './client.ts'
import { openDocument } from './open-document.ts'
import { startSession } from './running-session.ts'
import type { SessionState } from './session-state.ts'
import type { DocumentContent, SaveOptions, Snapshot } from './snapshot.ts'
import { systemTimers, type Timers } from './timers.ts'

/** What an edit session is about, and what it may be given in place of the machine's own. */
export interface EditSessionOptions {
  readonly client: FileClient | ClientOptions
  /** The same document opened again with the same id finds its lock again, also after a crash. */
  readonly lockId: string
  /** Whether a lock that is found was left by an earlier session whose place this one takes: it is then replaced. */
  readonly takesOver?: (lock: string) => boolean
  /** Takes no lock and never writes. */
  readonly isViewOnly?: boolean
  /** The token of this session's calls, if not the client's own. */
  readonly accessToken?: string
  readonly sessionContext?: string
  /** Told whenever the state is another. */
  readonly onState?: (state: SessionState) => void
  /** How often the lock is refreshed, in milliseconds; default 10 minutes. Locks live for half an hour. */
  readonly refreshEvery?: number
  /** How often the host is asked what the user may do, in milliseconds; default 5 minutes. */
  readonly recheckEvery?: number
  readonly timers?: Timers
}

/** What a save came to. Not stored means that the session cannot go on by itself; it keeps the bytes. */
export type SaveResult =
  | { readonly isStored: true; readonly version: string }
  | { readonly isStored: false; readonly state: SessionState }

/**
 * How a session ended. Where something is not saved, the lock has not been released: it protects the file until it
 * expires. `lockLeft` is why Unlock did not succeed.
 */
export type CloseResult =
  | { readonly isSaved: true; readonly lockLeft?: Error }
  | { readonly isSaved: false; readonly unsaved: Snapshot; readonly state: SessionState; readonly cause?: Error }

/** A document that is open. Whatever was given to `save` is with the host or in `unsaved`, always. */
export interface EditSession {
  /** As last read. */
  readonly info: CheckFileInfo
  readonly state: SessionState
  readonly hasUnsaved: boolean
  /** The latest content that the host is not known to have. */
  readonly unsaved: Snapshot | undefined
  /** The host's version that this session's content continues. */
  readonly version: string
  /** The content as the host has it now. What is saved after reading it is taken to continue it. */
  read(): Promise<Content>
  /**
   * Saves the document: one save at a time, the latest content wins, and what fails in passing is tried again. Resolves
   * once this content or a later one is stored, or once the session cannot go on by itself. Never rejects.
   */
  save(content: DocumentContent, options?: SaveOptions): Promise<SaveResult>
  /** Saves to a new file beside the document, by default what is unsaved. A name that starts with a dot is an extension. */
  saveCopy(copy?: { readonly name?: string; readonly content?: DocumentContent }): Promise<CreatedFile>
  /** Gives up what is unsaved, for good. A save that is under way may still arrive. */
  discard(): void
  /** All later calls carry this token: a renewed one, or that of the user who edited last. */
  use(accessToken: string): void
  /** Tries again now. `overwrite`: although someone else has changed the file. */
  retry(how?: { readonly overwrite?: boolean }): void
  /**
   * Saves what is left, for at most `within` milliseconds (default 30,000), then unlocks. `keepLock`: the lock is left as it
   * is, for whoever has taken this session's place.
   */
  close(how?: { readonly within?: number; readonly keepLock?: boolean }): Promise<CloseResult>
}

/**
 * Opens a document to be edited, or only read where its user may not edit it or someone else holds it. Rejects when it
 * cannot be looked at; nothing is left locked then.
 */
export async function openEditSession(options: EditSessionOptions): Promise<EditSession> {
  const { client, lockId, accessToken, isViewOnly = false, sessionContext, takesOver } = options
  const file = 'wopiSrc' in client ? createClient(client) : client
  const call: Call = accessToken === undefined ? {} : { accessToken }
  const opened = await openDocument(file, { call, lockId, isViewOnly, sessionContext, takesOver })
  return startSession(file, opened, {
    lockId,
    accessToken,
    sessionContext,
    onState: options.onState ?? (() => {}),
    refreshEvery: options.refreshEvery ?? 10 * 60_000,
    recheckEvery: options.recheckEvery ?? 5 * 60_000,
    timers: options.timers ?? systemTimers,
  })
}
