import type { StoredFile } from '@openwopi/host'
import { permissionsFor } from '../access/permissions.ts'
import { type Editor, extensionOf } from '../clients/editors.ts'
import type { Site } from '../site.ts'

/** A file, and the editor it is opened in. */
export interface Opening {
  readonly file: StoredFile
  readonly editor: Editor
  /** Whether whoever opens it may write; a view asked for is not counted. */
  readonly canWrite: boolean
  readonly wanted: 'view' | 'edit' | 'convert'
  /** The editor will only show it. */
  readonly isReadOnly: boolean
}

/** How somebody wants a file opened. */
export interface Asked {
  readonly view: boolean
  /** To make a copy in a format that can be edited. */
  readonly convert?: boolean
  /** Absent: the client that does it best. */
  readonly client?: string | undefined
}

/** The best way to open a file. `undefined`: no client opens it. */
export function openingOf(
  { editors }: Site,
  file: StoredFile,
  { view, convert = false, client }: Asked,
): Opening | undefined {
  const canWrite = permissionsFor(file).has('write')
  const wanted = view || !canWrite ? 'view' : convert ? 'convert' : 'edit'
  const editor = editors.editorFor({
    extension: extensionOf(file.name),
    wanted,
    canWrite: canWrite && !view,
    isEmpty: file.size === 0,
    ...(client !== undefined && { client }),
  })
  return editor && { file, editor, canWrite, wanted, isReadOnly: wanted === 'view' || editor.picked.isReadOnly }
}
