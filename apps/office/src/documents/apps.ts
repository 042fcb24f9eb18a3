import { imageApp } from './image/app.ts'
import { pdfApp } from './pdf/app.ts'
import { textApps } from './text/apps.ts'

/** How a document is opened: each kind has a folder here and one in the pages. */
export type DocumentKind = 'text' | 'image' | 'pdf'

/** What can be shown of a text besides the text itself. */
export type Preview = 'markdown' | 'table'

/** A group of file types that people think of as one program. */
export interface DocumentApp {
  /** As discovery names it. */
  readonly name: string
  readonly kind: DocumentKind
  readonly icon: 'text' | 'markdown' | 'table' | 'code' | 'image' | 'pdf'
  readonly canEdit: boolean
  readonly preview?: Preview
  /** In lower case, without the dot. */
  readonly extensions: readonly string[]
}

/** All that this client opens. */
export const documentApps: readonly DocumentApp[] = [...textApps, imageApp, pdfApp]

const byExtension = new Map(documentApps.flatMap((app) => app.extensions.map((extension) => [extension, app])))

/** What opens files with this extension, given without the dot. `undefined`: nothing does. */
export const appFor = (extension: string): DocumentApp | undefined => byExtension.get(extension.toLowerCase())
