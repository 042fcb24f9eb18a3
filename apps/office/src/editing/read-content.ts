import { bytesOf, type FileClient } from '@openwopi/client'
import { type CheckFileInfo, WopiError } from '@openwopi/protocol'
import { decodeText } from '../documents/text/encoding.ts'
import { usualEnding } from '../documents/text/line-endings.ts'
import type { TextFormat } from '../documents/text/text-format.ts'

/** The most bytes of a text that is opened. */
export const longestText = 10 * 1024 * 1024

/** A text file as it is at `version`. */
export interface TextContent {
  readonly bytes: Uint8Array
  readonly version: string
  readonly text: string
  readonly format: TextFormat
  /** It is in an encoding that is not written: to be looked at only. */
  readonly isForeign: boolean
}

/** Why there is nothing to edit. */
export class NotOpened extends Error {
  readonly why: 'too-large' | 'not-text'

  constructor(why: 'too-large' | 'not-text') {
    super(why)
    this.why = why
  }
}

/** Reads a text file. Throws `NotOpened` where it is too large or no text. */
export async function readContent(client: FileClient, info: CheckFileInfo): Promise<TextContent> {
  if (info.Size > longestText) throw new NotOpened('too-large')
  const answer = await client.getFile({ maxExpectedSize: longestText }).catch(tooLarge)
  const bytes = await bytesOf(answer.content, longestText)
  return { bytes, version: answer.version ?? info.Version, ...understand(bytes) }
}

function tooLarge(cause: unknown): never {
  throw WopiError.is(cause, 'TooLargeToSend') ? new NotOpened('too-large') : cause
}

function understand(bytes: Uint8Array): Omit<TextContent, 'bytes' | 'version'> {
  const decoded = decodeText(bytes)
  if (decoded.is === 'no text') throw new NotOpened('not-text')
  const { encoding, hasMark } = decoded.is === 'text' ? decoded : ({ encoding: 'utf-8', hasMark: false } as const)
  const format = { encoding, hasMark, lineEnding: usualEnding(decoded.text) }
  return { text: decoded.text, format, isForeign: decoded.is === 'foreign' }
}
