import type { DocumentApp } from '../apps.ts'

/** Types of files that are Word documents: with macros they are edited too, and the macros are kept and never run. */
export const wordExtensions: readonly string[] = ['docx', 'docm', 'dotx', 'dotm']

export const wordApp: DocumentApp = {
  name: 'Word',
  kind: 'word',
  icon: 'document',
  canEdit: true,
  extensions: wordExtensions,
}
