import type { DocumentApp } from '../apps.ts'

const presentations = ['pptx', 'pptm', 'ppsx', 'potx']
const texts = ['odt', 'ott']

/** Documents whose text is edited where it stands: extensions without the dot. */
export const outlineExtensions: readonly string[] = [...presentations, ...texts]

export const outlineApps: readonly DocumentApp[] = [
  { name: 'Slides', kind: 'outline', icon: 'slides', canEdit: true, extensions: presentations },
  { name: 'OpenDocument', kind: 'outline', icon: 'document', canEdit: true, extensions: texts },
]
