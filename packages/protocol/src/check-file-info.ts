import {
  type fileProperties,
  filePropertyEntries,
  type PropertyKinds,
  type PropertyName,
  type PropertyRow,
} from './file-properties.ts'
import { httpUrl } from './http-url.ts'
import { type Part, textOf } from './parts.ts'

type Table = typeof fileProperties
type ValueOf<Row> = Row extends { kind: 'choice'; choices: readonly (infer C)[] }
  ? C
  : Row extends { kind: infer K extends keyof PropertyKinds }
    ? PropertyKinds[K]
    : never
type RequiredName = { [N in PropertyName]: Table[N] extends { required: true } ? N : never }[PropertyName]
type Flat<T> = { [K in keyof T]: T[K] } & {}

/** The answer of CheckFileInfo: what a client is told of a file, and of what its user may do. */
export type CheckFileInfo = Flat<
  { readonly [N in RequiredName]: ValueOf<Table[N]> } & {
    readonly [N in Exclude<PropertyName, RequiredName>]?: ValueOf<Table[N]> | undefined
  }
>

/** An answer of CheckFileInfo as it was understood. */
export interface ReadCheckFileInfo {
  readonly info: CheckFileInfo
  /** What was left out because it is not what the property holds, and names that are all but right: one sentence each. */
  readonly problems: readonly string[]
}

/** Whether the user may change the content here and now. */
export const canEdit = (info: CheckFileInfo): boolean =>
  Boolean(info.SupportsUpdate && info.UserCanWrite) &&
  !info.ReadOnly &&
  !info.WebEditingDisabled &&
  !info.TemporarilyNotWritable &&
  !info.UserCanOnlyComment

/** What an absent property is taken for. */
const defaults: Readonly<Record<PropertyRow['kind'], unknown>> = {
  bool: false,
  text: '',
  url: '',
  instant: '',
  choice: '',
  integer: 0,
  texts: undefined,
  object: undefined,
}

/** For each property that is left out when it says nothing: the value that says nothing. */
const silence = new Map<string, unknown>(
  filePropertyEntries
    .filter(([, row]) => !row.required && !row.explicit)
    .map(([name, row]) => [name, row.default ?? defaults[row.kind]]),
)

/**
 * What goes on the wire: without properties that are `undefined` or `null`, or that say what an absent one says.
 * `UserCanNotWriteRelative: false` stays, since Collabora takes an absent one for true. Unknown properties stay.
 */
export function writeCheckFileInfo(info: CheckFileInfo): Readonly<Record<string, unknown>> {
  const answer: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(info)) {
    if (value === undefined || value === null || value === silence.get(name)) continue
    if (Array.isArray(value) && value.length === 0) continue
    answer[name] = value
  }
  return answer
}

const rows = new Map<string, readonly [PropertyName, PropertyRow]>(
  filePropertyEntries.flatMap((entry) => {
    const { alias } = entry[1]
    return [[entry[0], entry] as const, ...(alias === undefined ? [] : [[alias, entry] as const])]
  }),
)
const spellings = new Map(filePropertyEntries.map(([name]) => [name.toLowerCase(), name]))
const requiredNames = filePropertyEntries.filter(([, row]) => row.required).map(([name]) => name)

/**
 * Understands what a host answers. One of the five required properties that is missing or malformed throws a
 * `SyntaxError` that names it; any other that is malformed counts as absent. Unknown properties stay as they are.
 */
export function readCheckFileInfo(json: unknown): ReadCheckFileInfo {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new SyntaxError('the answer of CheckFileInfo is not a JSON object')
  }
  const problems: string[] = []
  const info: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(json)) {
    if (value === null || value === undefined || key === '__proto__') continue
    const [name, row] = rows.get(key) ?? []
    const fault = row ? faultOf(row, value) : misspelling(key)
    if (fault !== undefined) problems.push(`${key} ${fault}`)
    if (row && fault === undefined) info[name ?? key] = value
    else if (!row) info[key] = value
  }
  const missing = requiredNames.find((name) => info[name] === undefined)
  if (missing)
    throw new SyntaxError(problems.find((problem) => problem.startsWith(`${missing} `)) ?? `${missing} is missing`)
  return { info: info as CheckFileInfo, problems }
}

function misspelling(key: string): string | undefined {
  const name = spellings.get(key.toLowerCase())
  return name && `is not a property; is ${name} meant?`
}

/** What is wrong with a value, after its property's name. */
function faultOf(row: PropertyRow, value: unknown): string | undefined {
  const isRight: Readonly<Record<PropertyRow['kind'], () => boolean>> = {
    bool: () => typeof value === 'boolean',
    text: () => typeof value === 'string',
    integer: () => Number.isSafeInteger(value) && Number(value) >= 0,
    url: () => value === '' || (typeof value === 'string' && httpUrl(value) !== undefined),
    instant: () => value === '' || (typeof value === 'string' && isInstant(value)),
    choice: () => value === '' || (typeof value === 'string' && row.choices?.includes(value) === true),
    texts: () => Array.isArray(value) && value.every((item) => typeof item === 'string'),
    object: () => typeof value === 'object' && !Array.isArray(value),
  }
  return isRight[row.kind]() ? undefined : `is not ${wanted[row.kind]}`
}

const isInstant = (value: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/.test(value)

const wanted: Readonly<Record<PropertyRow['kind'], string>> = {
  bool: 'true or false',
  text: 'text',
  integer: 'a whole number',
  url: 'an absolute http or https address',
  instant: 'a time in ISO 8601',
  choice: 'one of the values it can have',
  texts: 'a list of texts',
  object: 'an object',
}

/** The answer of CheckFileInfo as the body of a message: read with `readCheckFileInfo`, written with `writeCheckFileInfo`. */
export const checkFileInfoBody: Part<CheckFileInfo> = {
  place: 'body',
  type: 'CheckFileInfo',
  optional: false,
  read: async ({ body }) => readCheckFileInfo(JSON.parse(await textOf(body))).info,
  write(value, draft) {
    draft.headers['Content-Type'] = 'application/json'
    draft.body = JSON.stringify(writeCheckFileInfo(value))
  },
}
