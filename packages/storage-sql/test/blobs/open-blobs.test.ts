import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { openBlobs, s3Options } from '../../src/blobs/open-blobs.ts'

async function* text(content: string) {
  yield Buffer.from(content)
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-blobs-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('A path and a file address are the same folder.', async () => {
  const folder = join(newFolder(), 'a folder')
  const { key } = await (await openBlobs(folder)).put(text('x'))
  expect(await (await openBlobs(pathToFileURL(folder).href)).get(key)).toBeDefined()
})

test('An address of S3 says where the bucket is and how it encrypts.', async () => {
  const keyFile = join(newFolder(), 'key')
  writeFileSync(keyFile, `${Buffer.alloc(32, 'k').toString('base64')}\n`)
  expect(await s3Options('s3://documents')).toEqual({ bucket: 'documents', prefix: '' })
  const endpoint = encodeURIComponent('https://s3.example.org:9000')
  const all = `s3://documents/of/ours?endpoint=${endpoint}&region=eu-central-1&path-style=no&encryption=kms:k1`
  expect(await s3Options(all)).toEqual({
    ...{ bucket: 'documents', prefix: '/of/ours', endpoint: 'https://s3.example.org:9000', region: 'eu-central-1' },
    ...{ usePathStyle: false, encryption: { by: 'kms', keyId: 'k1' } },
  })
  const withKey = await s3Options(`s3://documents?customer-key-file=${encodeURIComponent(keyFile)}`)
  expect(withKey.encryption).toEqual({ by: 'customer', key: Buffer.alloc(32, 'k') })
})

test.for([
  ['ftp://files.example', 's3://bucket/prefix'],
  ['s3:///prefix', 'names no bucket'],
  ['s3://key:secret@bucket', 'do not belong into an address'],
  ['s3://bucket?endpiont=http://x', 'nothing called endpiont'],
  ['s3://bucket?endpoint=x', 'http(s) address'],
  ['s3://bucket?encryption=rot13', 'not rot13'],
  ['s3://bucket?path-style=maybe', 'yes or no, not maybe'],
  ['s3://bucket?encryption=store&customer-key-file=/k', 'not both'],
  ['s3://bucket?customer-key-file=/nowhere/key', 'customer-key-file cannot be read: ENOENT'],
])('%s is refused with what to write instead.', async ([address = '', says]) => {
  await expect(openBlobs(address)).rejects.toThrow(says)
})

test.for([
  ['too short', Buffer.alloc(16, 'k').toString('base64')],
  ['too long', Buffer.alloc(48, 'k').toString('base64')],
  ['no Base64', 'k'.repeat(32)],
  ['empty', ''],
])('A key of the customer that is %s is refused, and not shown.', async ([, text = '']) => {
  const keyFile = join(newFolder(), 'key')
  writeFileSync(keyFile, text)
  const failed = await openBlobs(`s3://bucket?customer-key-file=${keyFile}`).catch(String)
  expect(failed).toMatch(/holds no key: that is 32 bytes in Base64/)
  if (text) expect(failed).not.toContain(text)
})
