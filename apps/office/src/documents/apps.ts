import type { Converter } from '../converter/converter.ts'
import { imageApp } from './image/app.ts'
import { outlineApps } from './outline/apps.ts'
import { pdfApp } from './pdf/app.ts'
import { convertedApps } from './pdf/converted-apps.ts'
import { openDocumentSheetApp, sheetApp } from './sheet/apps.ts'
import { textApps } from './text/apps.ts'
import { wordApp } from './word/app.ts'

/** How a document is opened: each kind has a folder here and one in the pages. */
export type DocumentKind = 'text' | 'image' | 'pdf' | 'sheet' | 'word' | 'outline'

/** What can be shown of a text besides the text itself. */
export type Preview = 'markdown' | 'table'

/** The pages of an office document: a converter makes them where someone asks for them, or there is none. */
export type Pages = 'on demand' | 'no converter'

/** A group of file types that people think of as one program. */
export interface DocumentApp {
  /** As discovery names it. */
  readonly name: string
  readonly kind: DocumentKind
  readonly icon: 'text' | 'markdown' | 'table' | 'code' | 'image' | 'pdf' | 'document' | 'slides'
  readonly canEdit: boolean
  /** Such files are opened to be read unless someone asks for more, and none is begun here. */
  readonly isMostlyRead?: true
  readonly preview?: Preview
  /** What is shown is made of the document by a converter. */
  readonly isConverted?: true
  /** In lower case, without the dot. */
  readonly extensions: readonly string[]
}

/** All that this client opens by itself. */
const ownApps: readonly DocumentApp[] = [...textApps, wordApp, sheetApp, ...outlineApps, imageApp, pdfApp]

/** All that this client opens: what it shows by itself, and what a converter makes pages of. */
export function documentApps(converter: Converter | undefined): readonly DocumentApp[] {
  const shown = converter?.offers('ods', 'pdf') ? ownApps : [...ownApps, openDocumentSheetApp]
  const own = new Set(shown.flatMap(({ extensions }) => extensions))
  const others = converter
    ? convertedApps((extension) => !own.has(extension) && converter.offers(extension, 'pdf'))
    : []
  return [...shown, ...others]
}

/** How a file is looked at where it is not edited: as pages, where those show more than its text. */
export const toView = (app: DocumentApp, converter: Converter | undefined, extension: string): DocumentApp =>
  app.kind === 'outline' && converter?.offers(extension, 'pdf') ? { ...app, kind: 'pdf', isConverted: true } : app

/** Whether a document that is too much to be shown as it is can be shown as pages. `undefined`: it has none. */
export function pagesOf({ kind }: DocumentApp, extension: string, converter?: Converter): Pages | undefined {
  if (kind !== 'word' && kind !== 'sheet' && kind !== 'outline') return undefined
  return converter?.offers(extension, 'pdf') ? 'on demand' : 'no converter'
}

/** What opens files with this extension, given without the dot. `undefined`: nothing does. */
export const appFor = (apps: readonly DocumentApp[], extension: string): DocumentApp | undefined =>
  apps.find(({ extensions }) => extensions.includes(extension.toLowerCase()))
