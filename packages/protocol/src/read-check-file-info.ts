import type { CheckFileInfo } from './check-file-info.ts'
import { filePropertyEntries, type PropertyRow } from './file-properties.ts'
import { httpUrl } from './http-url.ts'

/** An answer of CheckFileInfo as it was understood. */
export interface ReadCheckFileInfo {
  readonly info: CheckFileInfo
  /** What was left out because it is not what the property holds, and names that are all but right: one sentence each. */
  readonly problems: readonly string[]
}

/** Each property by the names it may arrive under. */
const known = new Map(
  filePropertyEntries.flatMap(([name, row]) =>
    [name, ...(row.alias === undefined ? [] : [row.alias])].map((spelling) => [spelling, { name, row }] as const),
  ),
)
const spellings = new Map(filePropertyEntries.map(([name]) => [name.toLowerCase(), name]))
const required = filePropertyEntries.filter(([, row]) => row.required).map(([name]) => name)

/**
 * Understands what a host answers. One of the five required properties that is missing or malformed throws a
 * `SyntaxError` that names it; any other that is malformed counts as absent. Unknown properties stay as they are.
 */
export function readCheckFileInfo(json: unknown): ReadCheckFileInfo {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new SyntaxError('the answer of CheckFileInfo is not a JSON object')
  }
  const info: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [key, value] of Object.entries(json)) {
    // Most hosts in the field that mean to leave a property out say null instead.
    if (value === null || value === undefined || key === '__proto__') continue
    const property = known.get(key)
    const problem = property ? faultOf(property.row, value) : misspelling(key)
    if (problem !== undefined) problems.push(`${key} ${problem}`)
    if (!property || problem === undefined) info[property?.name ?? key] = value
  }
  if (isComplete(info)) return { info, problems }
  const lacking = required.find((name) => info[name] === undefined)
  throw new SyntaxError(problems.find((problem) => problem.startsWith(`${lacking} is not`)) ?? `${lacking} is missing`)
}

const isComplete = (info: object): info is CheckFileInfo => required.every((name) => name in info)

function misspelling(key: string): string | undefined {
  const name = spellings.get(key.toLowerCase())
  return name && `is no property; ${name} is`
}

/** What is wrong with a value, to follow the property's name. */
function faultOf(row: PropertyRow, value: unknown): string | undefined {
  const [fits, what] = kinds[row.kind]
  if (!fits(value, row)) return `is not ${what}`
  return undefined
}

type Fits = (value: unknown, row: PropertyRow) => boolean

const isText = (value: unknown): value is string => typeof value === 'string'
const isInstant = (value: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/.test(value)

// An empty address, time or choice says what an absent one says.
// biome-ignore format: a row reads as a row
const kinds: Readonly<Record<PropertyRow['kind'], readonly [fits: Fits, what: string]>> = {
  bool: [(value) => typeof value === 'boolean', 'true or false'],
  text: [isText, 'text'],
  integer: [(value) => Number.isSafeInteger(value) && Number(value) >= 0, 'a whole number'],
  url: [(value) => isText(value) && (value === '' || httpUrl(value) !== undefined), 'an absolute http or https address'],
  instant: [(value) => isText(value) && (value === '' || isInstant(value)), 'a time in ISO 8601'],
  choice: [(value, { choices = [] }) => isText(value) && (value === '' || choices.includes(value)), 'one of its values'],
  texts: [(value) => Array.isArray(value) && value.every(isText), 'a list of texts'],
  object: [(value) => typeof value === 'object' && !Array.isArray(value), 'an object'],
}
