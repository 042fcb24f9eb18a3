import type { Check } from '../check.ts'
import { expectStatus, expectThat } from '../findings.ts'

const spec = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/concepts#access-token'

/** Tokens beyond what is tried of every operation. */
export const tokens: readonly Check[] = [
  {
    says: 'A token that the header and the query both carry is accepted.',
    group: 'tokens',
    covers: ['checkFileInfo'],
    spec,
    async run({ file }) {
      const answer = await file.ask('checkFileInfo', {}, { headers: { Authorization: `Bearer ${file.token}` } })
      expectStatus(answer, [200])
    },
  },
  {
    says: 'A request with two different access_token parameters is refused.',
    group: 'tokens',
    severity: 'should',
    covers: ['checkFileInfo'],
    spec,
    async run({ file }) {
      const query = `access_token=${encodeURIComponent(file.token)}&access_token=openwopi-check-made-up`
      expectStatus(await file.ask('checkFileInfo', {}, { query }), [400, 401, 404])
    },
  },
  {
    says: 'A made-up token is refused also where a cookie comes with it.',
    group: 'tokens',
    covers: ['checkFileInfo'],
    spec,
    async run({ file }) {
      const headers = { Cookie: `access_token=${file.token}` }
      expectStatus(await file.ask('checkFileInfo', {}, { token: 'openwopi-check-made-up', headers }), [401, 404])
    },
  },
  {
    says: 'A token is short enough for the address of an editor, below 1,500 characters.',
    group: 'tokens',
    severity: 'should',
    covers: ['checkFileInfo'],
    spec,
    async run({ file }) {
      const { length } = encodeURIComponent(file.token)
      expectThat(length < 1500, 'below 1500 characters', `${length} characters`)
    },
  },
  {
    says: 'A request is answered where it is asked, without a redirect.',
    group: 'tokens',
    covers: ['checkFileInfo', 'getFile'],
    spec,
    async run({ file }) {
      for (const name of ['checkFileInfo', 'getFile'] as const) {
        const { status } = await file.ask(name)
        expectThat(status < 300 || status > 399, 'no redirect', `status ${status}`)
      }
    },
  },
]
