import * as Y from 'yjs'
import type { SharedForm } from '../../editing/document-form.ts'
import { askApart, type ThreadLimits } from './ask-apart.ts'
import { blankWorkbook } from './blank-workbook.ts'
import { inspectWorkbook } from './inspect-workbook.ts'
import { isReadAtOnce, openWorkbook } from './open-workbook.ts'
import { type OpenedWorkbook, patchWorkbook } from './patch/patch-workbook.ts'
import { changesIn, needsCalculation } from './typed-cells.ts'

/**
 * A workbook as it was opened. What people share are the cells they change; the rest stays in the file. An empty file is a
 * new workbook. Throws `DocumentError`.
 */
export async function sheetForm(given: Uint8Array, inspect = inspectWorkbook): Promise<SharedForm> {
  const template = given.length === 0 ? blankWorkbook() : undefined
  const file = template ?? given
  const why = (await inspect(file)).join(' ')
  const write = writer(file)
  const isFile = (shared: Y.Doc) => why !== '' || isUntouched(shared)
  const bytes = (shared: Y.Doc) => (isFile(shared) ? Buffer.from(file) : write.now(shared))
  const written = async (shared: Y.Doc) => (isFile(shared) ? Buffer.from(file) : write.apart(shared))
  const form: SharedForm = {
    kind: 'sheet',
    format: {},
    ...(template && { template }),
    refusal: why === '' ? undefined : { code: 'cannot-keep', why },
    seed: () => Y.encodeStateAsUpdate(new Y.Doc()),
    bytes,
    ...(!isReadAtOnce(file) && { written }),
    withFormat: () => form,
  }
  return form
}

/** Nobody has put anything into it. */
const isUntouched = (document: Y.Doc): boolean => Y.encodeStateVector(document).length <= 1

/** Writing reads the workbook twice. */
const limits: ThreadLimits = { time: 90_000, memory: 1_536 }

interface Writer {
  now(document: Y.Doc): Buffer
  apart(document: Y.Doc): Promise<Buffer>
}

/** Writes a file as shared documents change it: at once, or in a thread of its own. What is the same is not written twice. */
function writer(file: Uint8Array): Writer {
  let opened: OpenedWorkbook | undefined
  const states = new WeakMap<Y.Doc, { changes: number; written?: { readonly at: number; readonly bytes: Buffer } }>()
  const stateOf = (document: Y.Doc) => {
    const state = states.get(document) ?? { changes: 0 }
    if (!states.has(document)) document.on('update', () => state.changes++)
    states.set(document, state)
    return state
  }
  const known = (document: Y.Doc): Buffer | undefined => {
    const { changes, written } = stateOf(document)
    return written?.at === changes ? written.bytes : undefined
  }
  const keep = (document: Y.Doc, at: number, bytes: Buffer): Buffer => {
    stateOf(document).written = { at, bytes }
    return bytes
  }
  return {
    now(document) {
      const before = known(document)
      if (before) return before
      opened ??= openWorkbook(file)
      const patch = { changes: changesIn(document, opened.workbook), needsCalculation: needsCalculation(document) }
      return keep(document, stateOf(document).changes, Buffer.from(patchWorkbook(opened, patch)))
    },
    async apart(document) {
      const { changes } = stateOf(document)
      const answer = await askApart({ file, changed: Y.encodeStateAsUpdate(document) }, limits)
      if (!('written' in answer)) throw new Error('the thread answers another question')
      return keep(document, changes, Buffer.from(answer.written))
    },
  }
}
