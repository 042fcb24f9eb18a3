import type { Target } from './converter.ts'

/** What LibreOffice makes of each kind of document: pages, and the formats that people edit today. */
const kinds: readonly { readonly from: readonly string[]; readonly to: readonly Target[] }[] = [
  {
    from: ['doc', 'docx', 'docm', 'dot', 'dotx', 'odt', 'ott', 'fodt', 'rtf', 'wpd', 'wps', 'sxw', 'pages'],
    to: ['pdf', 'png', 'docx', 'odt'],
  },
  {
    from: ['xls', 'xlsx', 'xlsm', 'xlsb', 'xlt', 'xltx', 'ods', 'ots', 'fods', 'sxc', 'numbers'],
    to: ['pdf', 'png', 'xlsx', 'ods'],
  },
  {
    from: ['ppt', 'pptx', 'pptm', 'pps', 'ppsx', 'pot', 'potx', 'odp', 'otp', 'fodp', 'sxi', 'key'],
    to: ['pdf', 'png', 'pptx', 'odp'],
  },
  { from: ['odg', 'vsd', 'vsdx', 'pub', 'cdr'], to: ['pdf', 'png'] },
  // A picture of the first page.
  { from: ['pdf'], to: ['png'] },
]

const targetsOf = new Map(kinds.flatMap(({ from, to }) => from.map((extension) => [extension, new Set(to)] as const)))

/** Whether LibreOffice turns files with this extension into `to`. */
export const converts = (from: string, to: Target): boolean =>
  from.toLowerCase() !== to && targetsOf.get(from.toLowerCase())?.has(to) === true
