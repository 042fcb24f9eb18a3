import type { FileClient } from '../client.ts'
import { type About, createAbout } from './about.ts'
import { type CellDocument, createDocument, openDocument } from './cell-document.ts'
import { type CellsOptions, createCellWire } from './cell-wire.ts'
import { createEditors, type Editors } from './editors.ts'
import type { CellSubAnswer, CellSubRequest } from './envelope/sub-request.ts'
import { type Coauthoring, createCoauthoring } from './locks/coauth.ts'
import { createExclusiveLock, type ExclusiveLock } from './locks/exclusive-lock.ts'
import { createHeldLock } from './locks/held-lock.ts'
import { createSchemaLock, type SchemaLock } from './locks/schema-lock.ts'
import type { CellResult } from './refusal.ts'

/**
 * What can be done with a file through its cells (ExecuteCellStorageRequest). What the host refuses is a result that
 * says so; what is none of the protocol's throws. A put shows the lock that was taken here last.
 */
export interface Cells extends Coauthoring, About {
  /** The document as it is now. Refused with the result 0x80070002 if there is no such file. */
  open(): Promise<CellResult<{ readonly document: CellDocument }>>
  /** A document where no file is yet; refused with the fault 12 of a cell if there is one. */
  create(content: Uint8Array): Promise<CellResult<{ readonly document: CellDocument }>>
  readonly editors: Editors
  readonly schemaLock: SchemaLock
  readonly exclusiveLock: ExclusiveLock
  /** Sends sub-requests as they are, all at once. */
  send(subRequests: readonly CellSubRequest[]): Promise<readonly CellSubAnswer[]>
}

/** A file's cells. Nothing is asked of the host until something is. */
export function openCells(file: FileClient, options: CellsOptions = {}): Cells {
  const wire = createCellWire(file, options)
  const held = createHeldLock()
  return {
    ...createAbout(wire),
    ...createCoauthoring(wire, held),
    open: () => openDocument(wire, held),
    create: (content) => createDocument(wire, held, content),
    editors: createEditors(wire),
    schemaLock: createSchemaLock(wire, held),
    exclusiveLock: createExclusiveLock(wire, held),
    send: wire.send,
  }
}
