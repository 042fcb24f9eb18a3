import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  cellErrors,
  cellFaults,
  dependencyErrors,
  elementTypes,
  filterTypes,
  genericErrors,
  hashingFlags,
  includeFlags,
  lockErrors,
  morePutFlags,
  moreQueryFlags,
  otherErrors,
  protocolFaults,
  putFlags,
  queryFlags,
  requestTypes,
  resultFaults,
  roundTripFlags,
  subRequestTypes,
} from '@openwopi/cell-storage'
import { expect, test } from 'vitest'
import { root } from '../architecture/source.ts'

const folder = join(root, 'docs/guides')
const page = readFileSync(join(folder, 'cell-storage.md'), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| '))
const never = /never answered[\s\S]*?\n\n/.exec(page)?.[0] ?? ''

/** What a row says, but for where its tests are. */
const saidIn = (row: string) => row.replace(/\]\([^)]*\)/g, ']')
const testsOf = (row: string) =>
  [...row.matchAll(/\]\(([^)]+\.test\.ts)\)/g)].map(([, path = '']) => readFileSync(join(folder, path), 'utf8'))

const errors = [...genericErrors, ...cellErrors, ...dependencyErrors, ...lockErrors, ...otherErrors]
const faults = [cellFaults, protocolFaults, resultFaults]

test('The guide of cell storage has a row with tests for each sub-request.', () => {
  const table = rows.filter((row) => testsOf(row).length > 0).map((row) => saidIn(row).split('|')[1] ?? '')
  expect(Object.keys(subRequestTypes).filter((name) => !table.some((said) => said.includes(name)))).toEqual([])
})

test('It has a row with tests for each request, element and filter inside of Cell.', () => {
  const words = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  const table = rows.filter((row) => testsOf(row).length > 0).map((row) => saidIn(row).toLowerCase())
  const names = [...Object.keys(requestTypes), ...Object.keys(elementTypes), ...Object.keys(filterTypes)]
  expect(names.filter((name) => !table.some((said) => said.includes(words(name))))).toEqual([])
})

test('It names each error: with a test that knows it, or as one that is never answered.', () => {
  const unproved = errors.filter((name) => {
    const row = rows.find((each) => each.startsWith(`| \`${name}\` |`))
    return row ? !testsOf(row).some((text) => text.includes(name)) : !never.includes(`\`${name}\``)
  })
  expect(unproved).toEqual(['Success'])
})

test('It names each fault, by its name and its number, in the same way.', () => {
  const numbers = faults.flatMap((each) => Object.entries<number>(each))
  const unproved = numbers.filter(([name, number]) => {
    const written = [String(number), `0x${number.toString(16)}`]
    const row = rows.find((each) => written.some((spelt) => each.includes(` ${spelt}, ${name} |`)))
    if (!row) return !never.includes(`${number} ${name}`)
    return !testsOf(row).some((text) => text.includes(name) || written.some((spelt) => text.includes(spelt)))
  })
  expect(unproved).toEqual([])
})

/** The names between backticks in the first column. */
const namesIn = (row: string) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)

test('It has a row with a test for each flag of requests that has a meaning.', () => {
  const flags = [queryFlags, moreQueryFlags, includeFlags, putFlags, morePutFlags, hashingFlags, roundTripFlags].flat()
  const proved = new Set(
    rows.flatMap((row) => namesIn(row).filter((name) => testsOf(row).some((text) => text.includes(name)))),
  )
  expect(flags.filter((name) => !name.startsWith('reserved') && !proved.has(name))).toEqual([])
})

test('It has a row with a test for each attribute of a request and of a Cell.', () => {
  const attributes = [
    ...['Version', 'MinorVersion', 'Url', 'RequestToken', 'UseResourceID', 'ResourceID', 'ParentFolderResourceID'],
    ...['ShouldReturnDisambiguatedFileName', 'Interval', 'MetaData', 'UserAgent', 'UserAgentClient', 'Build'],
    ...['UserAgentPlatform', 'BinaryDataSize', 'PartitionID', 'Coalesce', 'GetFileProps', 'CoauthVersioning', 'Etag'],
    ...['ExpectNoFileExists', 'BypassLockID', 'SchemaLockID', 'ExclusiveLockID', 'Timeout', 'ContentChangeUnit'],
    ...['ClientFileID', 'LastModifiedTime'],
  ]
  const proved = new Set(
    rows.flatMap((row) => namesIn(row).filter((name) => testsOf(row).some((text) => text.includes(name)))),
  )
  expect(attributes.filter((name) => !proved.has(name))).toEqual([])
})
