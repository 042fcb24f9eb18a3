import type { DocumentApp } from '../apps.ts'

/** Forms are filled, and notes, highlights and stamps are put on pages; what is there stays as it is. */
export const pdfApp: DocumentApp = {
  name: 'Pdf',
  kind: 'pdf',
  icon: 'pdf',
  canEdit: true,
  isMostlyRead: true,
  extensions: ['pdf'],
}
