import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { Content } from '@openwopi/host'
import type { ContractTest } from '@openwopi/host/contract'
import type { Blobs, ListedBlob } from '../blobs.ts'

async function* content(...texts: string[]): Content {
  for (const text of texts) yield new TextEncoder().encode(text)
}

/** Content that breaks off. */
async function* broken(...texts: string[]): Content {
  yield* content(...texts)
  throw new Error('the connection is gone')
}

async function textAt(blobs: Blobs, key: string, range?: { start: number; end: number }): Promise<string | undefined> {
  const flowing = await blobs.get(key, range)
  if (!flowing) return undefined
  let text = ''
  for await (const piece of flowing) text += Buffer.from(piece).toString('latin1')
  return text
}

async function listed(blobs: Blobs, after?: string): Promise<readonly ListedBlob[]> {
  const all: ListedBlob[] = []
  for await (const blob of blobs.list(after)) all.push(blob)
  return all
}

/** What every `Blobs` must do. `create` returns one in which nothing lies. */
export function blobsContract(test: ContractTest, create: () => Promise<Blobs> | Blobs): void {
  const on = (name: string, run: (blobs: Blobs) => Promise<void>) => test(name, async () => run(await create()))
  putting(on)
  breakingOff(on)
  listing(on)
}

type On = (name: string, run: (blobs: Blobs) => Promise<void>) => void

function putting(on: On): void {
  on('what is put comes back whole, with its size and its hash', async (blobs) => {
    const { key, size, sha256 } = await blobs.put(content('one', '', ' two'))
    assert.match(key, /^[\x21-\x7e]{1,200}$/)
    assert.equal(size, 7)
    assert.equal(sha256, createHash('sha256').update('one two').digest('base64'))
    assert.equal(await textAt(blobs, key), 'one two')
  })

  on('nothing is a content too', async (blobs) => {
    const { key, size } = await blobs.put(content())
    assert.deepEqual([size, await textAt(blobs, key)], [0, ''])
    const empty = await blobs.put(content(), { size: 0 })
    assert.equal(await textAt(blobs, empty.key), '')
  })

  on('a stretch of a blob is read', async (blobs) => {
    const { key } = await blobs.put(content('0123456789'))
    assert.equal(await textAt(blobs, key, { start: 3, end: 6 }), '345')
    assert.equal(await textAt(blobs, key, { start: 9, end: 10 }), '9')
    assert.equal(await textAt(blobs, key, { start: 4, end: 4 }), '')
  })

  on('equal contents lie under keys of their own', async (blobs) => {
    const puts = await Promise.all(Array.from({ length: 8 }, () => blobs.put(content('same'))))
    assert.equal(new Set(puts.map(({ key }) => key)).size, 8)
    await blobs.remove(puts[0]?.key ?? '')
    assert.equal(await textAt(blobs, puts[1]?.key ?? ''), 'same')
  })

  on('what is not there is undefined, and is removed without a word', async (blobs) => {
    const { key } = await blobs.put(content('x'))
    await blobs.remove(key)
    await blobs.remove(key)
    for (const missing of [key, 'no-such-key', '..', '../..', '/etc/passwd', 'a/b', '', '%2e%2e', 'x'.repeat(5000)]) {
      assert.equal(await blobs.get(missing), undefined)
      await blobs.remove(missing)
    }
  })

  on('many megabytes flow through, of known and of unknown size', async (blobs) => {
    const piece = new Uint8Array(1 << 20).map((_, index) => index * 7)
    const hash = createHash('sha256')
    const pieces = Array.from({ length: 24 }, () => piece)
    for (const each of pieces) hash.update(each)
    const sha256 = hash.digest('base64')
    async function* large(): Content {
      yield* pieces
    }
    for (const options of [{}, { size: 24 << 20 }]) {
      const blob = await blobs.put(large(), options)
      assert.deepEqual([blob.size, blob.sha256], [24 << 20, sha256])
      const back = createHash('sha256')
      for await (const each of (await blobs.get(blob.key)) ?? []) back.update(each)
      assert.equal(back.digest('base64'), sha256)
    }
  })
}

function breakingOff(on: On): void {
  on('content that breaks off leaves nothing', async (blobs) => {
    await assert.rejects(blobs.put(broken()), /the connection is gone/)
    await assert.rejects(blobs.put(broken('half')), /the connection is gone/)
    await assert.rejects(blobs.put(broken('x'.repeat(20 << 20))), /the connection is gone/)
    assert.deepEqual(await listed(blobs), [])
  })

  on('content of another size than was said leaves nothing', async (blobs) => {
    await assert.rejects(blobs.put(content('four'), { size: 5 }))
    await assert.rejects(blobs.put(content('four'), { size: 3 }))
    assert.deepEqual(await listed(blobs), [])
  })

  on('a reader that stops early harms nobody', async (blobs) => {
    const { key } = await blobs.put(content('0123456789'.repeat(100_000)))
    for await (const piece of (await blobs.get(key)) ?? []) {
      assert.ok(piece.byteLength > 0)
      break
    }
    assert.equal((await textAt(blobs, key))?.length, 1_000_000)
  })
}

function listing(on: On): void {
  on('the list has every blob once, in the order of the keys, with size and time', async (blobs) => {
    const keys: string[] = []
    for (const text of ['a', 'bb', 'ccc', 'dddd']) keys.push((await blobs.put(content(text))).key)
    const all = await listed(blobs)
    assert.deepEqual(
      all.map(({ key }) => key),
      [...keys].sort(),
    )
    for (const { key, size, putAt } of all) {
      assert.equal(size, keys.indexOf(key) + 1)
      assert.ok(putAt > 0)
    }
  })

  on('the list goes on after a key, whether that is there or not', async (blobs) => {
    for (const text of ['a', 'b', 'c']) await blobs.put(content(text))
    const [first, second, third] = (await listed(blobs)).map(({ key }) => key)
    assert.deepEqual(
      (await listed(blobs, first)).map(({ key }) => key),
      [second, third],
    )
    await blobs.remove(second ?? '')
    assert.deepEqual(
      (await listed(blobs, second)).map(({ key }) => key),
      [third],
    )
  })
}
