import { filePropertyEntries, type PropertyRow, readCheckFileInfo } from '@openwopi/protocol'
import type { Check } from './check.ts'
import { CannotRun, expectThat } from './findings.ts'
import { shown } from './words.ts'

/** A file that has the five properties without which there is nothing to read, to try a sixth in. */
const complete = { BaseFileName: 'a', OwnerId: 'a', UserId: 'a', Version: 'a', Size: 0 }

function kindFault(name: string, value: unknown): string | undefined {
  try {
    return readCheckFileInfo({ ...complete, [name]: value }).problems.find((problem) => problem.startsWith(`${name} `))
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
}

const kindsInWords: { readonly [K in PropertyRow['kind']]: string } = {
  bool: 'true or false',
  text: 'text',
  url: 'an absolute http or https address',
  instant: 'a time in ISO 8601',
  integer: 'a whole number that is not negative',
  texts: 'a list of texts',
  choice: 'one of the values that it may have',
  object: 'an object',
}

const infoSpec = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/files/checkfileinfo'

/** Each property of the table, where the host says it, against the kind that the table gives it. */
export const properties: readonly Check[] = filePropertyEntries.map(
  ([name, row]): Check => ({
    says: `${name}, where CheckFileInfo says it, is ${kindsInWords[row.kind]}.`,
    group: 'properties',
    covers: ['checkFileInfo'],
    spec: infoSpec,
    async run({ info }) {
      const value = info[name]
      if (value === undefined && !row.required) throw new CannotRun('CheckFileInfo does not say it.')
      const isLenient = value === null && !row.required && row.kind !== 'bool' && row.kind !== 'integer'
      const isRight = value !== undefined && (isLenient || (value !== null && kindFault(name, value) === undefined))
      expectThat(isRight, kindsInWords[row.kind], shown(value))
    },
  }),
)
