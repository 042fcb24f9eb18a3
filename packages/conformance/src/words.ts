/** `putFile` as the specification spells it: `PutFile`. */
export const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** What was found, short enough for a report. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

const rest = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program'

/** Where the specification is. */
export const docs = {
  rest: `${rest}/rest`,
  plus: `${rest}/plus`,
  openspecs: 'https://learn.microsoft.com/openspecs/office_protocols/ms-wopi',
} as const
