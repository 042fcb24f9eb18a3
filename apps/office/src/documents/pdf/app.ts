import type { DocumentApp } from '../apps.ts'

export const pdfApp: DocumentApp = { name: 'Pdf', kind: 'pdf', icon: 'pdf', canEdit: false, extensions: ['pdf'] }
