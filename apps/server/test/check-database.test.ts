import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Outcome, prepareRun, standingOf } from '@openwopi/conformance'
import { connect } from '@openwopi/conformance/node'
import { expect, onTestFinished, test, vi } from 'vitest'
import { overEach } from '../../../packages/storage-sql/test/databases.ts'
import { start } from './start.ts'

// More than a thousand checks over a real database, beside other tests.
vi.setConfig({ testTimeout: 300_000 })

/** What came of each check, a line each, as for a folder. */
const usual = async () =>
  (await readFile(new URL('./check-outcomes/default.txt', import.meta.url), 'utf8')).trim().split('\n')

const inLine = (outcome: Outcome): string => `${standingOf(outcome)} ${outcome.check.group}: ${outcome.check.says}`

overEach((databases) => {
  test('a server whose files are in a database passes every check that one over a folder does', async () => {
    const blobs = await mkdtemp(join(tmpdir(), 'openwopi-blobs-'))
    onTestFinished(() => rm(blobs, { recursive: true, force: true }))
    const server = await start({ config: { database: await databases.fresh(), blobs } })
    await server.change('POST', '/api/folders/root/files', { name: 'notes.txt' })
    const { wopiSrc, accessToken } = await server.token({ path: 'notes.txt' })
    const run = await prepareRun({ wopiSrc, accessToken, connect })
    const outcomes: Outcome[] = []
    for await (const outcome of run.outcomes()) outcomes.push(outcome)
    const lines = outcomes.map(inLine)
    expect(lines.filter((line) => /^(failed|error)/.test(line))).toEqual([])
    expect(run.leftovers()).toEqual([])
    const expected = await usual()
    expect(lines.filter((line) => !expected.includes(line))).toEqual([])
  })
})
