import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { expect, test } from 'vitest'
import { openwopi, start } from './openwopi.ts'
import { listening, smallDisk } from './small-disk.ts'

test('an upload that fills the disk is dropped, and leaves the room that there was to what is open', async () => {
  const { folder, ...limits } = smallDisk()
  writeFileSync(join(folder, 'open.txt'), 'before')
  const host = start(['serve', folder, '--port', '0', '--office-port', '0'], limits)
  const url = await listening(host)
  const own = { 'Tus-Resumable': '1.0.0', 'X-OpenWOPI': '1' }
  const content = Buffer.alloc(10_000_000, 1)
  const creation = { ...own, 'Upload-Length': String(content.byteLength), 'Upload-Metadata': `name ${btoa('big.bin')}` }
  const bytes = { 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' }
  const begun = await fetch(`${url}/api/uploads`, { method: 'POST', headers: creation })
  const upload = url + begun.headers.get('Location')
  const refused = [
    await fetch(upload, { method: 'PATCH', headers: { ...own, ...bytes }, body: content }),
    await fetch(`${url}/api/uploads`, { method: 'POST', headers: { ...creation, ...bytes }, body: content }),
  ]
  const status = limits.largestFile === undefined ? 507 : 413
  const sentence = status === 507 ? /disk .* is full.* starts over/ : /takes no file as large/
  for (const response of refused)
    expect([response.status, (await response.json()).message]).toEqual([status, expect.stringMatching(sentence)])
  expect(readdirSync(join(folder, '.openwopi', 'uploads'))).toEqual([])
  expect((await fetch(upload, { method: 'HEAD', headers: own })).status).toBe(404)

  const issued = await openwopi(['token', join(folder, 'open.txt'), '--json'])
  const editor = createClient(JSON.parse(issued.stdout))
  await editor.lock({ lock: 'x' })
  await editor.putFile({ lock: 'x', content: Buffer.alloc(2_000_000, 2) })
  expect(readFileSync(join(folder, 'open.txt')).byteLength).toBe(2_000_000)
})
