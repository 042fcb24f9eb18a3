import assert from 'node:assert/strict'
import type { Change, Content, Storage, StoredFile } from '../ports.ts'
import type { ContractTest } from './contract-test.ts'

/** A storage and a folder of it that is empty. */
export interface StorageUnderTest {
  readonly storage: Storage
  readonly parentId: string
}

const ann: Change = { by: { id: 'ann', name: 'Ann' } }

async function* content(...chunks: (string | Uint8Array)[]): Content {
  for (const chunk of chunks) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
}

/** Content that breaks off. */
async function* broken(start: string): Content {
  yield new TextEncoder().encode(start)
  throw new Error('the connection is gone')
}

async function textOf(storage: Storage, file: StoredFile, range?: { start: number; end: number }): Promise<string> {
  const stream = await storage.read(file, range)
  assert.ok(stream, 'the file can be read at its version')
  let text = ''
  for await (const chunk of stream) text += Buffer.from(chunk).toString('latin1')
  return text
}

/** What every `Storage` must do. */
export function storageContract(test: ContractTest, create: () => Promise<StorageUnderTest> | StorageUnderTest): void {
  const on = (name: string, run: (storage: Storage, parentId: string) => Promise<void>) =>
    test(name, async () => {
      const { storage, parentId } = await create()
      await run(storage, parentId)
    })
  const made = async (storage: Storage, parentId: string, name: string, text: string) => {
    const file = await storage.create(parentId, [name], content(text), ann)
    assert.ok(file, `${name} is created`)
    return file
  }
  reading(on, made)
  writing(on, made)
  creating(on, made)
  renaming(on, made)
}

type On = (name: string, run: (storage: Storage, parentId: string) => Promise<void>) => void
type Made = (storage: Storage, parentId: string, name: string, text: string) => Promise<StoredFile>

function reading(on: On, made: Made): void {
  on('a file is found by its id and by its name', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'hello')
    assert.equal(file.size, 5)
    assert.deepEqual((await storage.find(file.id))?.version, file.version)
    assert.equal((await storage.child(parentId, 'a.txt'))?.id, file.id)
    assert.equal(await textOf(storage, file), 'hello')
  })

  on('what is not there is undefined', async (storage, parentId) => {
    assert.equal(await storage.find('no-such-id'), undefined)
    assert.equal(await storage.child(parentId, 'no-such-name'), undefined)
    for (const id of ['..', '../..', '/etc/passwd', 'a/b', '\0', '', '%2e%2e', 'x'.repeat(5000)])
      assert.equal(await storage.find(id), undefined)
  })

  on('an empty file is a file', async (storage, parentId) => {
    const file = await made(storage, parentId, 'empty', '')
    assert.equal(file.size, 0)
    assert.equal(await textOf(storage, file), '')
  })

  on('a stretch of a file can be read', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', '0123456789')
    assert.equal(await textOf(storage, file, { start: 3, end: 6 }), '345')
    assert.equal(await textOf(storage, file, { start: 9, end: 10 }), '9')
  })

  on('a version that has been replaced is no longer read', async (storage, parentId) => {
    const before = await made(storage, parentId, 'a.txt', 'one')
    await storage.write(before, content('two'), ann)
    assert.equal(await storage.read(before), undefined)
  })
}

function writing(on: On, made: Made): void {
  on('a storage that counts changes counts from 1, and each change of the content', async (storage, parentId) => {
    let file: StoredFile | undefined = await made(storage, parentId, 'a.txt', 'one')
    for (let last = 0, round = 0; file?.sequenceNumber !== undefined && round < 3; round++) {
      assert.ok(Number.isSafeInteger(file.sequenceNumber) && file.sequenceNumber > last)
      last = file.sequenceNumber
      file = await storage.write(file, content(`round ${round}`), ann)
      assert.equal((await storage.find(file?.id ?? ''))?.sequenceNumber, file?.sequenceNumber)
    }
  })

  on('a write replaces the content and changes the version', async (storage, parentId) => {
    const before = await made(storage, parentId, 'a.txt', 'one')
    const after = await storage.write(before, content('two', ' and more'), ann)
    assert.ok(after)
    assert.equal(after.id, before.id)
    assert.equal(after.size, 12)
    assert.notEqual(after.version, before.version)
    assert.ok(after.modifiedAt >= before.modifiedAt)
    assert.equal(await textOf(storage, after), 'two and more')
  })

  on('a write of equal bytes changes the version too, unless the user changed nothing', async (storage, parentId) => {
    const first = await made(storage, parentId, 'a.txt', 'same')
    const second = await storage.write(first, content('same'), ann)
    assert.ok(second)
    assert.notEqual(second.version, first.version)
    const third = await storage.write(second, content('same'), { ...ann, isUnmodified: true })
    assert.equal(third?.version, second.version)
    const fourth = await storage.write(second, content('else'), { ...ann, isUnmodified: true })
    assert.notEqual(fourth?.version, second.version)
  })

  on('versions never come back', async (storage, parentId) => {
    let file = await made(storage, parentId, 'a.txt', '0')
    const seen = new Set([file.version])
    for (let round = 0; round < 20; round++) {
      const saved = await storage.write(file, content(String(round % 2)), ann)
      assert.ok(saved)
      assert.ok(!seen.has(saved.version), 'a new version')
      seen.add(saved.version)
      file = saved
    }
  })

  on('a write that finishes after another one loses and leaves nothing behind', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'before')
    const gate = deferred()
    async function* slow(): Content {
      yield new TextEncoder().encode('slow')
      await gate.promise
      yield new TextEncoder().encode(' writer')
    }
    const late = storage.write(file, slow(), ann)
    const early = await storage.write(file, content('quick'), ann)
    gate.resolve()
    assert.equal(await late, undefined)
    assert.ok(early)
    assert.equal(await textOf(storage, early), 'quick')
  })

  on('content that breaks off leaves the old content whole', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'before')
    await assert.rejects(storage.write(file, broken('half'), ann), /the connection is gone/)
    assert.equal((await storage.find(file.id))?.version, file.version)
    assert.equal(await textOf(storage, file), 'before')
  })

  on('a write that is refused once all bytes are there changes nothing', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'before')
    const asked: StoredFile[] = []
    const decide = async (present: StoredFile) => {
      asked.push(present)
      return 'refuse' as const
    }
    assert.equal(await storage.write(file, content('after'), { ...ann, decide }), undefined)
    assert.ok(asked.length > 0)
    for (const { id, version } of asked) assert.deepEqual([id, version], [file.id, file.version])
    assert.equal(await textOf(storage, file), 'before')
  })

  on('whoever decides may have a write replace a content that came meanwhile', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'before')
    const between = await storage.write(file, content('between'), ann)
    const versions: string[] = []
    const decide = async (present: StoredFile) => {
      versions.push(present.version)
      return 'replace' as const
    }
    const after = await storage.write(file, content('after'), { ...ann, decide })
    assert.ok(after)
    assert.equal(versions.at(-1), between?.version)
    assert.notEqual(after.version, between?.version)
    assert.equal(await textOf(storage, after), 'after')
  })

  on('whoever would not have a content replaced that came meanwhile is asked about it', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'before')
    const between = await storage.write(file, content('between'), ann)
    const decide = async ({ version }: StoredFile) => (version === file.version ? 'replace' : 'refuse')
    assert.equal(await storage.write(file, content('after'), { ...ann, decide }), undefined)
    assert.ok(between)
    assert.equal(await textOf(storage, between), 'between')
  })

  on('whoever decides may have a write stand beside the file, under the first free name', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'before')
    await made(storage, parentId, 'b.txt', 'taken')
    const decide = async () => ({ beside: ['b.txt', 'c.txt'] })
    const beside = await storage.write(file, content('after'), { ...ann, decide })
    assert.ok(beside)
    assert.deepEqual([beside.name, beside.parentId], ['c.txt', parentId])
    assert.notEqual(beside.id, file.id)
    assert.equal(await textOf(storage, beside), 'after')
    assert.equal(await textOf(storage, file), 'before')
  })

  on('a decision that another write overtakes is asked for again', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'before')
    const versions: string[] = []
    const decide = async (present: StoredFile) => {
      versions.push(present.version)
      if (versions.length === 1) await storage.write(file, content('between'), ann)
      return 'replace' as const
    }
    const after = await storage.write(file, content('after'), { ...ann, decide })
    assert.ok(after)
    assert.equal(new Set(versions).size, 2)
    assert.equal(await textOf(storage, after), 'after')
  })

  on('of many writes to one version exactly one wins', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'before')
    const writes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => storage.write(file, content(`writer ${i}`), ann)),
    )
    assert.equal(writes.filter(Boolean).length, 1)
    const now = await storage.find(file.id)
    assert.ok(now)
    assert.equal(await textOf(storage, now), `writer ${writes.findIndex(Boolean)}`)
  })

  on('a file of many megabytes flows through', async (storage, parentId) => {
    const piece = new Uint8Array(1 << 20).fill(120)
    const file = await storage.create(parentId, ['large.bin'], content(...Array.from({ length: 24 }, () => piece)), ann)
    assert.equal(file?.size, 24 << 20)
    let size = 0
    for await (const chunk of (await storage.read(file)) ?? []) size += chunk.byteLength
    assert.equal(size, 24 << 20)
  })
}

function creating(on: On, made: Made): void {
  on('a name that is taken is refused, and the file of that name stays as it is', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'first')
    assert.equal(await storage.create(parentId, ['a.txt'], content('second'), ann), undefined)
    assert.equal(await textOf(storage, file), 'first')
  })

  on('the first free name is taken', async (storage, parentId) => {
    await made(storage, parentId, 'a.txt', 'first')
    const second = await storage.create(parentId, ['a.txt', 'b.txt', 'c.txt'], content('second'), ann)
    assert.equal(second?.name, 'b.txt')
    assert.equal(await storage.child(parentId, 'c.txt'), undefined)
  })

  on('of many creations of one name exactly one wins', async (storage, parentId) => {
    const files = await Promise.all(
      Array.from({ length: 20 }, (_, i) => storage.create(parentId, ['a.txt'], content(`maker ${i}`), ann)),
    )
    const won = files.findIndex(Boolean)
    assert.equal(files.filter(Boolean).length, 1)
    const file = await storage.child(parentId, 'a.txt')
    assert.ok(file)
    assert.equal(await textOf(storage, file), `maker ${won}`)
  })

  on('content that breaks off leaves no file', async (storage, parentId) => {
    await assert.rejects(storage.create(parentId, ['a.txt'], broken('half'), ann), /the connection is gone/)
    assert.equal(await storage.child(parentId, 'a.txt'), undefined)
  })

  on('names of every script, and of 255 bytes, are kept as they are', async (storage, parentId) => {
    for (const name of ['Zoë 中文 😀.txt', "o'brien & sons (2).docx", `${'n'.repeat(251)}.txt`, '# 100% [x]{y}.md']) {
      const file = await made(storage, parentId, name, name)
      assert.equal(file.name, name)
      assert.equal((await storage.find(file.id))?.name, name)
    }
  })

  on('ids are never given again', async (storage, parentId) => {
    const ids = new Set<string>()
    for (let round = 0; round < 10; round++) {
      const file = await made(storage, parentId, 'a.txt', String(round))
      assert.ok(!ids.has(file.id))
      ids.add(file.id)
      assert.equal(await storage.remove(file, ann), true)
      assert.equal(await storage.find(file.id), undefined)
      assert.equal(await storage.child(parentId, 'a.txt'), undefined)
    }
  })

  on('a removal that is not confirmed removes nothing', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'text')
    assert.equal(await storage.remove(file, { ...ann, confirm: async () => false }), false)
    assert.equal(await textOf(storage, file), 'text')
  })
}

function renaming(on: On, made: Made): void {
  on('a rename keeps the id, the content and the version', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'text')
    const renamed = await storage.rename(file, 'b.txt')
    assert.deepEqual([renamed?.id, renamed?.name, renamed?.version], [file.id, 'b.txt', file.version])
    assert.equal(await storage.child(parentId, 'a.txt'), undefined)
    assert.equal((await storage.child(parentId, 'b.txt'))?.id, file.id)
    assert.ok(renamed)
    assert.equal(await textOf(storage, renamed), 'text')
  })

  on('a rename to a name that is taken changes nothing', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'a')
    const other = await made(storage, parentId, 'b.txt', 'b')
    assert.equal(await storage.rename(file, 'b.txt'), undefined)
    assert.equal((await storage.find(file.id))?.name, 'a.txt')
    assert.equal(await textOf(storage, other), 'b')
  })

  on('a rename that changes only the case of letters works', async (storage, parentId) => {
    const file = await made(storage, parentId, 'a.txt', 'a')
    assert.equal((await storage.rename(file, 'A.txt'))?.name, 'A.txt')
  })
}

function deferred() {
  let resolve: () => void = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
