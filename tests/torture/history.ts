import type { Interval } from './checker/linearize.ts'

/** What is asked of a file. Lock ids are never empty. */
export type Asked =
  | { readonly what: 'lock' | 'refreshLock' | 'unlock'; readonly lock: string }
  | { readonly what: 'unlockAndRelock'; readonly oldLock: string; readonly lock: string }
  /** `write` is the number of the content, from 1; without `lock`, none is sent. */
  | { readonly what: 'putFile'; readonly lock?: string; readonly write: number }
  | { readonly what: 'getFile' | 'checkFileInfo' | 'getLock' }

/** What was answered. */
export type Answered =
  /** `version`: as the answer names it. */
  | { readonly is: 'done'; readonly version?: string }
  /** 409, with the lock that is held; empty for none. */
  | { readonly is: 'refused'; readonly held: string }
  /** The number of the content that was given or described; 0 for the empty file that it was made as. */
  | { readonly is: 'content'; readonly write: number; readonly version: string }
  | { readonly is: 'held'; readonly lock: string }
  /** The connection broke, or the server had failed: the call may have taken effect, or will yet, or never. */
  | { readonly is: 'unknown' }

/** One call of one client, timed by the steady clock of the process that made all of them, in milliseconds. */
export interface Call extends Interval {
  readonly asked: Asked
  readonly answered: Answered
  /** Which server it was sent to. */
  readonly node: number
}

/** Everything that was asked of one file, from its making on. */
export type History = readonly Call[]
