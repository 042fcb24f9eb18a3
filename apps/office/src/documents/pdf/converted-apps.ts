import type { DocumentApp } from '../apps.ts'

const kinds = [
  {
    name: 'Documents',
    icon: 'document',
    extensions: ['doc', 'docx', 'docm', 'dot', 'dotx', 'odt', 'ott', 'fodt', 'rtf', 'wpd', 'wps', 'sxw'],
  },
  {
    name: 'Spreadsheets',
    icon: 'table',
    extensions: ['xls', 'xlsx', 'xlsm', 'xlsb', 'xlt', 'xltx', 'ods', 'ots', 'fods', 'sxc'],
  },
  {
    name: 'Presentations',
    icon: 'slides',
    extensions: ['ppt', 'pptx', 'pptm', 'pps', 'ppsx', 'pot', 'potx', 'odp', 'otp', 'fodp', 'sxi'],
  },
  { name: 'Drawings', icon: 'image', extensions: ['odg', 'vsd', 'vsdx', 'pub'] },
] as const

/** Documents that are shown as the pages that a converter makes of them: those whose extension `isWanted`. */
export const convertedApps = (isWanted: (extension: string) => boolean): readonly DocumentApp[] =>
  kinds
    .map(({ name, icon, extensions }) => ({
      name,
      kind: 'pdf' as const,
      icon,
      canEdit: false,
      isConverted: true as const,
      extensions: extensions.filter(isWanted),
    }))
    .filter(({ extensions }) => extensions.length > 0)
