import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createClient } from '@openwopi/client'
import { expect, onTestFinished, test } from 'vitest'
import { openwopi, start } from './openwopi.ts'

/** A disk of 8 MB. Where one cannot be had, a server that may write no larger file does as well. */
function smallDisk(): { readonly folder: string; readonly largestFile?: number } {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' })
    onTestFinished(() => {
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true })
    })
    return { folder }
  } catch {
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return { folder, largestFile: 8192 }
  }
}

test('an upload that fills the disk is dropped, and leaves the room that there was to what is open', async () => {
  const { folder, ...limits } = smallDisk()
  writeFileSync(join(folder, 'open.txt'), 'before')
  const host = start(['serve', folder, '--port', '0', '--office-port', '0'], limits)
  const url = await new Promise<string>((resolve, reject) => {
    host.once('exit', () => reject(new Error('it did not start')))
    createInterface({ input: host.stdout }).on('line', (line) => {
      const event: Record<string, unknown> = JSON.parse(line)
      if (event['event'] === 'listening') resolve(String(event['url']))
    })
  })
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
