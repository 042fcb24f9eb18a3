import type { CheckFileInfo } from './check-file-info.ts'
import { filePropertyEntries, type PropertyRow } from './file-properties.ts'

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
const saysNothing: Readonly<Record<string, unknown>> = Object.assign(
  Object.create(null),
  Object.fromEntries(
    filePropertyEntries
      .filter(([, row]) => !row.required && !row.explicit)
      .map(([name, row]) => [name, row.default ?? absent[row.kind]]),
  ),
)

/**
 * What goes on the wire: properties that are `null`, or that say what an absent one says, are `undefined` in it.
 * `UserCanNotWriteRelative: false` stays, since Collabora takes an absent one for true. Unknown properties stay.
 */
export function writeCheckFileInfo(info: CheckFileInfo): Readonly<Record<string, unknown>> {
  // A copy whose properties are set to `undefined`, which JSON leaves out, takes a third of the time of one that grows.
  const answer: Record<string, unknown> = { ...info }
  for (const name in answer) {
    const value = answer[name]
    const isSilent = value === null || value === saysNothing[name] || (Array.isArray(value) && value.length === 0)
    if (isSilent) answer[name] = undefined
  }
  return answer
}
