import type { Operation } from '@openwopi/protocol'
import type { Check } from '../check.ts'
import { expectStatus, expectThat } from '../findings.ts'
import { requiredHeaders, sampleInput } from '../sample-input.ts'
import { titled } from '../words.ts'
import { needsOf, onFiles, targetFor } from './rows.ts'

const missingHeaders = onFiles.flatMap(([name, row]) =>
  requiredHeaders(row).flatMap((header) =>
    [undefined, ''].map(
      (value): Check => ({
        says: `${titled(name)} ${value === undefined ? 'without' : 'with an empty'} ${header} is refused as malformed.`,
        group: 'overrides',
        covers: [name],
        ...(row.promisedBy && { promised: [row.promisedBy] }),
        ...needsOf(row),
        spec: row.spec,
        async run(world) {
          const target = await targetFor(row, world)
          const { headers } = withoutHeader(row, header)
          const answer = await target.send(row.method, row.path ?? '', {
            headers: value === undefined ? headers : { ...headers, [header]: value },
          })
          expectStatus(answer, [400])
        },
      }),
    ),
  ),
)

function withoutHeader(row: Operation, header: string): { readonly headers: Record<string, string> } {
  const headers: Record<string, string> = row.override === undefined ? {} : { 'X-WOPI-Override': row.override }
  for (const { place } of Object.values(row.request)) {
    if (place === row.sentWith && place !== header) headers[place] = 'openwopi-check-sample'
  }
  return { headers }
}

const overridesInLowerCase = onFiles
  .filter(([, { override, needs }]) => override !== undefined && needs !== 'delete' && needs !== 'create')
  .map(
    ([name, row]): Check => ({
      says: `${titled(name)} is known by its X-WOPI-Override in lower case too.`,
      group: 'overrides',
      severity: 'should',
      covers: [name],
      ...(row.promisedBy && { promised: [row.promisedBy] }),
      ...needsOf(row),
      spec: row.spec,
      async run(world) {
        const target = await targetFor(row, world)
        const headers = { 'X-WOPI-Override': String(row.override).toLowerCase() }
        const answer = await target.ask(name, sampleInput(name, row), { headers })
        expectThat(answer.status !== 501, 'any status but 501', 'status 501')
      },
    }),
  )

/** What a request says and leaves out: tried of each operation. */
export const headersOfEach: readonly Check[] = [...missingHeaders, ...overridesInLowerCase]
