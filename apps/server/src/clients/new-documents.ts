import type { Session } from '../api.ts'
import type { Editors } from './editors.ts'

/** Kinds of documents that begin as an empty file, in the order in which people are offered them. */
const kinds = [
  { extension: 'docx', label: 'Word document' },
  { extension: 'xlsx', label: 'Excel workbook' },
  { extension: 'pptx', label: 'PowerPoint presentation' },
  { extension: 'odt', label: 'Text document (ODF)' },
  { extension: 'ods', label: 'Spreadsheet (ODF)' },
  { extension: 'odp', label: 'Presentation (ODF)' },
  { extension: 'md', label: 'Markdown document' },
  { extension: 'txt', label: 'Text file' },
  { extension: 'csv', label: 'Table (CSV)' },
  { extension: 'json', label: 'JSON file' },
] as const

/** The new documents that the configured clients can begin. */
export const newDocuments = (editors: Editors): Session['newDocuments'] =>
  kinds.filter(({ extension }) => {
    const editor = editors.editorFor({ extension, wanted: 'edit', canWrite: true, isEmpty: true })
    return editor !== undefined && !editor.picked.isReadOnly
  })
