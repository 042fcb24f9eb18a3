import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Content } from '@openwopi/host'
import { folderStorage } from '@openwopi/storage-folder'
import { folderBlobs, sqlStorage } from '@openwopi/storage-sql'
import { expect, onTestFinished, test } from 'vitest'
import { bringIn } from '../../src/moving/bring-in.ts'
import type { Moved, MoveReport } from '../../src/moving/moved.ts'
import { isExport, readExport } from '../../src/moving/read-export.ts'
import { takeOut } from '../../src/moving/take-out.ts'
import { type Walked, walk } from '../../src/moving/walk.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-moving-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function newDatabase() {
  const folder = newFolder()
  const database = `sqlite:${join(folder, 'data.db')}`
  const opened = await sqlStorage({ database, blobs: folderBlobs({ folder: join(folder, 'blobs') }) })
  onTestFinished(() => opened.close())
  return opened
}

async function* text(words: string): Content {
  yield new TextEncoder().encode(words)
}

async function read(content: Content | undefined): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of content ?? []) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

const ann = { by: { id: 'ann', name: 'Ann' } }

/** A served folder in which a file has a history. */
async function servedFolder() {
  const folder = newFolder()
  mkdirSync(join(folder, 'Reports', 'Old'), { recursive: true })
  writeFileSync(join(folder, 'Reports', 'a.txt'), 'one')
  writeFileSync(join(folder, 'Reports', 'Old', 'empty.txt'), '')
  const served = await folderStorage({ folder })
  onTestFinished(() => served.close())
  const file = await served.byPath('Reports/a.txt')
  if (!file) throw new Error('the file is not there')
  const saved = await served.storage.write(file, text('two'), { ...ann, editors: ['ann', 'bob'] })
  if (!saved) throw new Error('the file was not saved')
  const old = await served.storage.create('root', ['a.txt'], text('thrown away'), ann)
  if (old) await served.storage.remove(old, ann)
  return { served, saved, folder }
}

function newReport() {
  const said: string[] = []
  let bytes = 0
  const report: MoveReport = {
    done: (what, path) => void said.push(`${what} ${path}`),
    failed: (path, why) => void said.push(`failed ${path}: ${why}`),
    passed: (count) => {
      bytes += count
    },
  }
  return { report, said, bytes: () => bytes }
}

/** Everything in a storage, as data. */
async function picture(storage: Walked): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const moved of walk(storage)) {
    if (moved.is === 'folder') all.push(moved)
    else {
      const { versions, ...file } = moved.file
      const seen = versions.map(async ({ read: content, ...version }) => ({
        ...version,
        sha256: undefined,
        content: await read(await content()),
      }))
      all.push({ ...file, path: moved.path, versions: await Promise.all(seen) })
    }
  }
  return all
}

test('A served folder is brought into a database with ids, authors and earlier versions, and a second time nothing flows.', async () => {
  const { served, saved } = await servedFolder()
  const database = await newDatabase()
  const first = newReport()
  await bringIn(walk(served), database.adopt, first.report)
  expect(first.said).toEqual([
    'folder Reports',
    'folder Reports/Old',
    'added Reports/Old/empty.txt',
    'added Reports/a.txt',
    'added the trash: a.txt',
  ])
  expect(await picture(database)).toEqual(await picture(served))
  expect(await database.storage.find(saved.id)).toMatchObject({ version: saved.version, sha256: saved.sha256 })

  const second = newReport()
  await bringIn(walk(served), database.adopt, second.report)
  expect([second.said.filter((line) => /added|failed/.test(line)), second.bytes()]).toEqual([[], 0])
})

test('What was brought in half goes on where it was; what was saved in the database since stays.', async () => {
  const { served, saved } = await servedFolder()
  const database = await newDatabase()
  async function* brokenOff(): AsyncGenerator<Moved> {
    for await (const moved of walk(served)) {
      yield moved
      if (moved.path.endsWith('empty.txt')) throw new Error('the power is gone')
    }
  }
  await expect(bringIn(brokenOff(), database.adopt, newReport().report)).rejects.toThrow('the power is gone')
  await bringIn(walk(served), database.adopt, newReport().report)
  expect(await picture(database)).toEqual(await picture(served))

  const file = await database.storage.find(saved.id)
  if (file) await database.storage.write(file, text('here'), ann)
  await served.storage.write(saved, text('there'), ann)
  const { report, said } = newReport()
  await bringIn(walk(served), database.adopt, report)
  expect(said.join('\n')).toMatch(/failed Reports\/a.txt: it was saved both here and there/)
  expect(
    await read(await database.versions.read(saved.id, (await database.storage.find(saved.id))?.version ?? '')),
  ).toBe('here')
})

test('An export is ordinary files, and what is brought in from it is what was exported.', async () => {
  const { served } = await servedFolder()
  const [one, other, to] = [await newDatabase(), await newDatabase(), newFolder()]
  await bringIn(walk(served), one.adopt, newReport().report)
  expect(isExport(to)).toBe(false)
  const first = newReport()
  await takeOut(walk(one), to, first.report)
  expect(readFileSync(join(to, 'Reports', 'a.txt'), 'utf8')).toBe('two')
  const saved = await one.byPath('Reports/a.txt')
  expect(statSync(join(to, 'Reports', 'a.txt')).mtimeMs).toBeCloseTo(saved?.modifiedAt ?? 0, 0)
  expect(isExport(to)).toBe(true)

  await bringIn(readExport(to), other.adopt, newReport().report)
  expect(await picture(other)).toEqual(await picture(one))
})

test('Wherever an export or an import is stopped, running it again ends with everything.', async () => {
  const { served } = await servedFolder()
  const one = await newDatabase()
  await bringIn(walk(served), one.adopt, newReport().report)
  const whole = await picture(one)
  for (let steps = 0; steps <= whole.length; steps++) {
    const [other, to] = [await newDatabase(), newFolder()]
    await expect(takeOut(stopped(walk(one), steps), to, newReport().report)).rejects.toThrow('the power is gone')
    expect(isExport(to)).toBe(false)
    await takeOut(walk(one), to, newReport().report)
    await expect(bringIn(stopped(readExport(to), steps), other.adopt, newReport().report)).rejects.toThrow('the power')
    await bringIn(readExport(to), other.adopt, newReport().report)
    expect(await picture(other)).toEqual(whole)
  }
})

async function* stopped(moving: AsyncIterable<Moved>, steps: number): AsyncGenerator<Moved> {
  let left = steps
  for await (const moved of moving) {
    if (left-- === 0) throw new Error('the power is gone')
    yield moved
  }
  throw new Error('the power is gone')
}

test('An export is brought up to date without writing anew what has not changed.', async () => {
  const { served } = await servedFolder()
  const [database, to] = [await newDatabase(), newFolder()]
  await bringIn(walk(served), database.adopt, newReport().report)
  await takeOut(walk(database), to, newReport().report)
  const again = newReport()
  await takeOut(walk(database), to, again.report)
  expect(again.bytes()).toBe(0)
  const file = await database.byPath('Reports/a.txt')
  if (file) await database.storage.write(file, text('three'), ann)
  writeFileSync(join(to, 'Reports', 'mine.txt'), 'mine')
  const later = newReport()
  await takeOut(walk(database), to, later.report)
  expect(later.bytes()).toBe('three'.length + 'two'.length)
  expect(readFileSync(join(to, 'Reports', 'a.txt'), 'utf8')).toBe('three')
  expect(readFileSync(join(to, 'Reports', 'mine.txt'), 'utf8')).toBe('mine')
})

test('What was changed in an export is not taken for what was exported; everything else comes in.', async () => {
  const { served } = await servedFolder()
  const [one, other, to] = [await newDatabase(), await newDatabase(), newFolder()]
  await bringIn(walk(served), one.adopt, newReport().report)
  await takeOut(walk(one), to, newReport().report)
  writeFileSync(join(to, 'Reports', 'a.txt'), 'TWO')
  const { report, said } = newReport()
  await bringIn(readExport(to), other.adopt, report)
  expect(said.join('\n')).toMatch(/failed Reports\/a.txt: .*is not what its hash says/)
  expect(await other.byPath('Reports/a.txt')).toBeUndefined()
  expect(await other.byPath('Reports/Old/empty.txt')).toBeDefined()
})
