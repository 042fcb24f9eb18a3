import assert from 'node:assert/strict'
import type { Content } from '../ports.ts'
import type { Aside, Upload, UploadOwner, Uploads } from '../uploads.ts'
import type { ContractTest } from './contract-test.ts'

/** Uploads in which there is none yet, and the time they live in. */
export interface UploadsUnderTest {
  readonly uploads: Uploads
  /** Lets milliseconds pass. */
  later(milliseconds: number): void
}

const minutes = 60_000
const ann: UploadOwner = { fileId: '1', userId: 'ann' }

async function* content(...texts: string[]): Content {
  for (const text of texts) yield new TextEncoder().encode(text)
}

/** Content that breaks off. */
async function* broken(): Content {
  yield new TextEncoder().encode('half')
  throw new Error('the connection is gone')
}

async function textIn(aside: Aside, start = 0, end = aside.size): Promise<string> {
  let text = ''
  for await (const piece of aside.read(start, end)) text += Buffer.from(piece).toString('latin1')
  return text
}

async function begun(uploads: Uploads, owner = ann): Promise<Upload> {
  const upload = await uploads.begin(owner)
  assert.ok(upload, 'an upload begins')
  return upload
}

/** What every `Uploads` must do. */
export function uploadsContract(test: ContractTest, create: () => Promise<UploadsUnderTest> | UploadsUnderTest): void {
  const on = (name: string, run: (uploads: Uploads, later: UploadsUnderTest['later']) => Promise<void>) =>
    test(name, async () => {
      const { uploads, later } = await create()
      await run(uploads, later)
    })
  adding(on)
  ending(on)
  puttingAside(on)
}

type On = (name: string, run: (uploads: Uploads, later: UploadsUnderTest['later']) => Promise<void>) => void

function adding(on: On): void {
  on('an upload grows by what is added, and any stretch of it is read', async (uploads) => {
    const { token, size } = await begun(uploads)
    assert.equal(size, 0)
    assert.match(token, /^[\x21-\x7e]{16,}$/)
    const first = await uploads.add(token, 0, content('01', '234'))
    assert.ok(typeof first === 'object' && first.size === 5)
    await uploads.add(token, 5, content('56789'))
    const found = await uploads.find(token)
    assert.ok(found)
    assert.deepEqual([found.token, found.fileId, found.userId, found.size], [token, '1', 'ann', 10])
    assert.equal(await textIn(found), '0123456789')
    assert.equal(await textIn(found, 3, 6), '345')
    assert.equal(await textIn(found, 4, 4), '')
  })

  on('what is not the next stretch is not added', async (uploads) => {
    const { token } = await begun(uploads)
    await uploads.add(token, 0, content('01234'))
    assert.equal(await uploads.add(token, 4, content('x')), 'elsewhere')
    assert.equal(await uploads.add(token, 6, content('x')), 'elsewhere')
    assert.equal((await uploads.find(token))?.size, 5)
  })

  on('content that breaks off adds nothing, and the upload goes on where it was', async (uploads) => {
    const { token } = await begun(uploads)
    await uploads.add(token, 0, content('01'))
    await assert.rejects(uploads.add(token, 2, broken()), /the connection is gone/)
    assert.equal((await uploads.find(token))?.size, 2)
    await uploads.add(token, 2, content('23'))
    const found = await uploads.find(token)
    assert.equal(found && (await textIn(found)), '0123')
  })

  on('of several that add the same stretch at once, one does', async (uploads) => {
    const { token } = await begun(uploads)
    const adds = Array.from({ length: 8 }, (_, index) => uploads.add(token, 0, content(String(index), 'x')))
    const added = (await Promise.all(adds)).filter((each) => each !== 'elsewhere')
    assert.equal(added.length, 1)
    assert.equal((await uploads.find(token))?.size, 2)
  })

  on('uploads do not touch each other', async (uploads) => {
    const [one, other] = [await begun(uploads), await begun(uploads, { fileId: '2', userId: 'bob' })]
    assert.notEqual(one.token, other.token)
    await uploads.add(one.token, 0, content('one'))
    await uploads.add(other.token, 0, content('other'))
    await uploads.end(one.token)
    const found = await uploads.find(other.token)
    assert.deepEqual([found?.fileId, found?.userId], ['2', 'bob'])
    assert.equal(found && (await textIn(found)), 'other')
  })
}

function ending(on: On): void {
  on('what is not there is not found, nor added to', async (uploads) => {
    for (const token of ['guessed', '', '..', '/etc/passwd', '\0', 'x'.repeat(5000)]) {
      assert.equal(await uploads.find(token), undefined)
      assert.equal(await uploads.add(token, 0, content('x')), 'gone')
      await uploads.end(token)
    }
  })

  on('an upload that has ended is gone', async (uploads) => {
    const { token } = await begun(uploads)
    await uploads.end(token)
    await uploads.end(token)
    assert.equal(await uploads.find(token), undefined)
    assert.equal(await uploads.add(token, 0, content('x')), 'gone')
  })

  on('an upload lives for 30 minutes after something was added', async (uploads, later) => {
    const { token } = await begun(uploads)
    later(29 * minutes)
    await uploads.add(token, 0, content('x'))
    later(29 * minutes)
    assert.ok(await uploads.find(token))
    later(minutes)
    assert.equal(await uploads.find(token), undefined)
    assert.equal(await uploads.add(token, 1, content('x')), 'gone')
  })

  on('a user has several uploads, but not without end', async (uploads, later) => {
    let count = 0
    while (await uploads.begin(ann)) assert.ok(++count < 10_000, 'there is an end')
    assert.ok(count > 1)
    await begun(uploads, { ...ann, userId: 'bob' })
    later(30 * minutes)
    await begun(uploads)
  })
}

function puttingAside(on: On): void {
  on('what is put aside is read in any stretch, until it is discarded', async (uploads) => {
    const aside = await uploads.putAside(content('01234', '', '56789'))
    assert.equal(aside.size, 10)
    assert.equal(await textIn(aside), '0123456789')
    assert.equal(await textIn(aside, 4, 7), '456')
    await aside.discard()
    const empty = await uploads.putAside(content())
    assert.deepEqual([empty.size, await textIn(empty)], [0, ''])
    await empty.discard()
  })

  on('content that breaks off is not put aside', async (uploads) => {
    await assert.rejects(uploads.putAside(broken()), /the connection is gone/)
  })
}
