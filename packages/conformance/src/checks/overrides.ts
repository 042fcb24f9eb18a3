import type { Check } from '../check.ts'
import { expectStatus } from '../findings.ts'

const spec = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/common-headers'

const sent: readonly (readonly [
  says: string,
  path: string,
  override: string | undefined,
  statuses: readonly number[],
])[] = [
  ['A POST with an X-WOPI-Override that does not exist answers 501.', '', 'OPENWOPI_CHECK', [501]],
  [
    'A POST to the contents with an X-WOPI-Override that does not exist answers 501.',
    '/contents',
    'OPENWOPI_CHECK',
    [501],
  ],
  ['A POST without an X-WOPI-Override answers 501 or 400.', '', undefined, [400, 501]],
  ['A POST to the contents without an X-WOPI-Override answers 501 or 400.', '/contents', undefined, [400, 501]],
]

/** Requests that are for no operation. */
export const overrides: readonly Check[] = [
  ...sent.map(
    ([says, path, override, statuses]): Check => ({
      says,
      group: 'overrides',
      covers: [],
      needs: ['scratch'],
      spec,
      async run(world) {
        const headers = override === undefined ? {} : { 'X-WOPI-Override': override }
        expectStatus(await (await world.scratch()).send('POST', path, { headers, body: 'openwopi check' }), statuses)
      },
    }),
  ),
  {
    says: 'A POST without an X-WOPI-Override and without a token is refused.',
    group: 'overrides',
    covers: [],
    spec,
    async run({ file }) {
      expectStatus(await file.send('POST', '', { query: '', token: '' }), [400, 401, 404, 501])
    },
  },
  {
    says: 'A GET below a file that no operation has answers 404 or 501.',
    group: 'overrides',
    covers: [],
    spec,
    async run({ file }) {
      expectStatus(await file.send('GET', '/openwopi-check', {}), [400, 404, 405, 501])
    },
  },
]
