import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openwopi, temporaryFolder } from './openwopi.ts'

// Each of a test's commands is a process that starts anew.
vi.setConfig({ testTimeout: 300_000 })

/** Query Access. */
const message = 'DAALAJzPKfM5lAabBgIAAO4CAACqAiAAfrgx50XdqkSrgAx1+9FTDnoCCACUKaEPdwEWAgYABQMACwEDAQ=='

test('cells dump prints a message as a tree, from bytes and from base64 with line breaks', async () => {
  const cwd = await temporaryFolder()
  await writeFile(join(cwd, 'message.bin'), Buffer.from(message, 'base64'))
  await writeFile(join(cwd, 'message.txt'), `\r\n${message.slice(0, 40)}\r\n${message.slice(40)}\r\n`)
  const expected = `version 12
request
  user agent
    user agent guid: guid e731b87e-dd45-44aa-ab80-0c75fbd1530e
    user agent version: version 262220180
  sub request: id 2, type 1 (query access), priority 0
`
  for (const name of ['message.bin', 'message.txt']) {
    expect(await openwopi(['cells', 'dump', name], { cwd })).toEqual({ code: 0, stdout: expected, stderr: '' })
  }
})

test('cells dump says what is wrong with a file that is no message, or one that breaks off', async () => {
  const cwd = await temporaryFolder()
  await writeFile(join(cwd, 'notes.md'), 'Hello')
  await writeFile(join(cwd, 'half.txt'), message.slice(0, 60))
  const other = await openwopi(['cells', 'dump', 'notes.md'], { cwd })
  expect(other).toMatchObject({ code: 1, stdout: '' })
  expect(other.stderr).toContain('notes.md is no message of cell storage')
  const half = await openwopi(['cells', 'dump', 'half.txt'], { cwd })
  expect(half).toMatchObject({ code: 1, stdout: '' })
  expect(half.stderr).toContain('protocol fault 50 (IncompleteRequest)')
  expect((await openwopi(['cells', 'dump', 'missing.txt'], { cwd })).stderr).toContain('could not be read')
})
