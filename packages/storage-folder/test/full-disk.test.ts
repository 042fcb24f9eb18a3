import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { build, program } from './built.ts'
import { openTestFolder, there } from './open-test-folder.ts'

beforeAll(build)

/** A disk of 2 MB. Where one cannot be had, a process that may write no larger file does as well. */
function smallDisk(): { folder: string; limit: string; isDisk: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'ignore' })
    onTestFinished(() => {
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true })
    })
    return { folder, limit: 'unlimited', isDisk: true }
  } catch {
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return { folder, limit: '2048', isDisk: false }
  }
}

test('A disk that is full in mid-upload is an error; the old content is whole, nothing is left, and the next save fits.', async () => {
  const { folder, limit, isDisk } = smallDisk()
  writeFileSync(join(folder, 'a.txt'), 'before')
  const command = `ulimit -f ${limit} && exec "$0" "$@"`
  const output = execFileSync('bash', ['-c', command, process.execPath, program('save-too-much.js'), folder], {
    encoding: 'utf8',
  })
  const code = isDisk ? 'ENOSPC' : 'EFBIG'
  expect(JSON.parse(output)).toEqual({
    write: code,
    create: code,
    beside: code,
    carried: [],
    upload: code,
    uploaded: 0,
    left: [],
    version: true,
    text: 'before',
    smallUpload: 65_536,
    small: 65_536,
  })
  const { byPath, versions } = await openTestFolder({ folder })
  expect(await versions.list(there(await byPath('a.txt')).id)).toHaveLength(2)
  expect(readFileSync(join(folder, 'a.txt')).length).toBe(65_536)
})
