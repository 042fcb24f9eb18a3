import type { CheckFileInfo } from './check-file-info.ts'
import { filePropertyEntries, type PropertyName, type PropertyRow } from './file-properties.ts'

/** What clients take an absent property for. Lists are left out when empty, objects never. */
const absent: Readonly<Record<PropertyRow['kind'], unknown>> = {
  bool: false,
  text: '',
  url: '',
  instant: '',
  choice: '',
  integer: 0,
  texts: undefined,
  object: undefined,
}

/** For each property that is left out when it says what an absent one says: that value. */
const saysNothing = new Map<string, unknown>(
  filePropertyEntries
    .filter(([, row]) => !row.required && !row.explicit)
    .map(([name, row]) => [name, row.default ?? absent[row.kind]]),
)

/**
 * What goes on the wire: without properties that are `undefined` or `null`, or that say what an absent one says.
 * `UserCanNotWriteRelative: false` stays, since Collabora takes an absent one for true. Unknown properties stay.
 */
export function writeCheckFileInfo(info: CheckFileInfo): Readonly<Record<string, unknown>> {
  const answer: Record<string, unknown> = {}
  for (const name of Object.keys(info) as PropertyName[]) {
    const value = info[name]
    if (value === undefined || value === null || value === saysNothing.get(name)) continue
    if (Array.isArray(value) && value.length === 0) continue
    answer[name] = value
  }
  return answer
}
