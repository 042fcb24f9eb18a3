import { bytesOf, type FileClient } from '@openwopi/client'
import { type CheckFileInfo, WopiError } from '@openwopi/protocol'
import { outlineExtensions } from '../documents/outline/apps.ts'
import { outlineForm } from '../documents/outline/outline-form.ts'
import { DocumentError } from '../documents/package/document-error.ts'
import { pdfApp } from '../documents/pdf/app.ts'
import { pdfForm } from '../documents/pdf/pdf-form.ts'
import { openDocumentSheets, sheetExtensions } from '../documents/sheet/apps.ts'
import { sheetForm } from '../documents/sheet/sheet-form.ts'
import { textForm } from '../documents/text/text-form.ts'
import { wordExtensions } from '../documents/word/app.ts'
import { wordForm } from '../documents/word/word-form.ts'
import { extensionOf } from '../file-name.ts'
import type { SharedForm } from './document-form.ts'

const mebibyte = 1024 * 1024

/** How a file becomes a document that people share. */
interface Reading {
  /** The most bytes of a file that is opened. */
  readonly longest: number
  /** Throws `NotOpened`, or `DocumentError`. */
  readonly form: (bytes: Uint8Array) => SharedForm | Promise<SharedForm>
}

const asText: Reading = {
  longest: 10 * mebibyte,
  form(bytes) {
    const form = textForm(bytes)
    if (!form) throw new NotOpened({ why: 'not-text' })
    return form
  },
}
const asSheet: Reading = { longest: 50 * mebibyte, form: sheetForm }
const asWord: Reading = { longest: 50 * mebibyte, form: wordForm }
const asPdf: Reading = { longest: 64 * mebibyte, form: (bytes) => pdfForm(bytes) }

/** A file as it is at `version`. */
export interface FileContent {
  readonly bytes: Uint8Array
  readonly version: string
  readonly form: SharedForm
}

/** Why there is nothing to edit. */
export type OpeningRefusal =
  | { readonly why: 'too-large'; readonly limit: number }
  | { readonly why: 'not-text' }
  /** `reason`: a sentence. `isTooMuch`: the document is sound, but has more in it than is shown. */
  | { readonly why: 'not-readable'; readonly reason: string; readonly isTooMuch?: true }

/** Thrown where there is nothing to edit. */
export class NotOpened extends Error {
  readonly refusal: OpeningRefusal

  constructor(refusal: OpeningRefusal) {
    super(refusal.why)
    this.refusal = refusal
  }
}

/** Reads a file. Throws `NotOpened` where it is too large, or not what its name says. */
export async function readContent(client: FileClient, info: CheckFileInfo): Promise<FileContent> {
  const { longest, form } = readingOf(info)
  const tooLarge = new NotOpened({ why: 'too-large', limit: longest })
  if (info.Size > longest) throw tooLarge
  const answer = await client.getFile({ maxExpectedSize: longest }).catch((cause) => {
    throw WopiError.is(cause, 'TooLargeToSend') ? tooLarge : cause
  })
  const bytes = await bytesOf(answer.content, longest)
  return { bytes, version: answer.version ?? info.Version, form: await understood(bytes, form) }
}

function readingOf({ FileExtension, BaseFileName }: CheckFileInfo): Reading {
  const extension = (FileExtension?.replace(/^\./, '') ?? extensionOf(BaseFileName)).toLowerCase()
  if (wordExtensions.includes(extension)) return asWord
  if (pdfApp.extensions.includes(extension)) return asPdf
  if (outlineExtensions.includes(extension))
    return { longest: 100 * mebibyte, form: (bytes) => outlineForm(bytes, extension) }
  return [...sheetExtensions, ...openDocumentSheets].includes(extension) ? asSheet : asText
}

async function understood(bytes: Uint8Array, form: Reading['form']): Promise<SharedForm> {
  try {
    return await form(bytes)
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause
    const { message: reason, fault } = cause
    throw new NotOpened({ why: 'not-readable', reason, ...(fault === 'too-much' && { isTooMuch: true }) })
  }
}
