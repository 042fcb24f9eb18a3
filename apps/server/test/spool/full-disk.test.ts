import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { expect, test } from 'vitest'
import { openwopi, start } from '../cli/openwopi.ts'
import { listening, smallDisk } from '../cli/small-disk.ts'
import { bytes, temporary } from './an-editor.ts'

test('a save for which the disk has no room leaves the document as it was, and is kept on another disk', async () => {
  const { folder, ...limits } = smallDisk()
  const spool = join(await temporary(), 'spool')
  writeFileSync(join(folder, 'open.txt'), 'before')
  await listening(start(['serve', folder, '--port', '0', '--office-port', '0', '--spool', spool], limits))
  const issued = await openwopi(['token', join(folder, 'open.txt'), '--json'])
  const editor = createClient(JSON.parse(issued.stdout))
  await editor.lock({ lock: 'mine' })
  const content = randomBytes(10_000_000)
  await expect(editor.putFile({ lock: 'mine', content: bytes(content) })).rejects.toMatchObject({
    code: 'ServerError',
  })
  expect(readFileSync(join(folder, 'open.txt'), 'utf8')).toBe('before')
  const listed = await openwopi(['recover', folder, '--spool', spool])
  const out = await temporary()
  // Where no file may be so large, that of the spool may not either.
  if (limits.largestFile !== undefined) return expect(listed.stdout).toContain('No save waits')
  expect(listed.stdout).toContain('open.txt')
  await openwopi(['recover', folder, '--spool', spool, '--to', out])
  const [name = ''] = readdirSync(out)
  expect(readFileSync(join(out, name)).equals(content)).toBe(true)
})
