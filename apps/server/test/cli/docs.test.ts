import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { configurationPage } from '../../../../scripts/configuration-page.js'
import { rows } from '../../src/cli/read-config.ts'

test('docs/configuration.md says what the options say; if not, run npm run docs', async () => {
  const page = await readFile(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8')
  expect(page).toBe(configurationPage(rows))
})
