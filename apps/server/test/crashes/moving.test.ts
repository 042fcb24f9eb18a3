import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderBlobs, memoryBlobs, type SqlStorage, sqlStorage } from '@openwopi/storage-sql'
import { expect, onTestFinished, test, vi } from 'vitest'
import { sqlite } from '../../../../packages/storage-sql/test/databases.ts'
import { ann, content, text, there } from '../../../../packages/storage-sql/test/open-test-storage.ts'
import { bringIn } from '../../src/moving/bring-in.ts'
import { exportFolder, type Moved, type MoveReport } from '../../src/moving/moved.ts'
import { isBrokenExport, isExport, readExport } from '../../src/moving/read-export.ts'
import { bringInRecords, takeOutRecords } from '../../src/moving/records.ts'
import { takeOut } from '../../src/moving/take-out.ts'
import { walk } from '../../src/moving/walk.ts'
import { endsAt, steppedDialect } from './process-end.ts'

vi.mock('node:fs/promises', async (original) =>
  (await import('./process-end.ts')).steppedFiles(await original<typeof import('node:fs/promises')>()),
)

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-moving-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const quiet: MoveReport = { done: () => {}, failed: () => {}, passed: () => {} }

/** Whoever moves says of everything that it was moved. */
function nothingFails(): { readonly report: MoveReport; readonly failed: string[] } {
  const failed: string[] = []
  return { failed, report: { ...quiet, failed: (path, why) => void failed.push(`${path}: ${why}`) } }
}

async function opened(database: Parameters<typeof sqlStorage>[0]['database'], blobs = memoryBlobs()) {
  const files = await sqlStorage({ database, blobs })
  onTestFinished(() => files.close())
  return files
}

/** The path of a database with all tables and nothing in them. */
async function emptyDatabase(): Promise<string> {
  const path = join(newFolder(), 'data.db')
  await (await sqlStorage({ database: `sqlite:${path}`, blobs: memoryBlobs() })).close()
  return path
}

/** Files with a history, a folder, a link and something in the trash. */
async function original(): Promise<SqlStorage> {
  const files = await opened(await sqlite.fresh())
  const { id } = there(await files.containers.create('root', 'Reports'))
  const file = there(await files.storage.create(id, ['a.txt'], content('one'), ann))
  await files.storage.write(file, content('two!'), ann)
  await files.storage.remove(there(await files.storage.create('root', ['b.txt'], content('gone'), ann)), ann)
  await files.userInfo.put('ann', 'what a client keeps')
  return files
}

async function seen(moving: AsyncIterable<Moved>): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const moved of moving) {
    if (moved.is === 'folder') all.push(moved)
    else {
      const versions = moved.file.versions.map(async ({ read, version }) => [version, await text(await read())])
      all.push({ ...moved.file, path: moved.path, versions: await Promise.all(versions) })
    }
  }
  return all
}

async function takenOut(files: SqlStorage, to: string, report = quiet): Promise<void> {
  await takeOutRecords([files.about], to, report)
  await takeOut(walk(files), to, report)
}

for (const side of ['before', 'after'] as const) {
  test(`wherever an export ends, ${side} any of its steps, no file is torn, and it counts as whole only if it is`, async () => {
    const [files, old] = [await original(), newFolder()]
    await takenOut(files, old)
    const file = there(await files.byPath('Reports/a.txt'))
    await files.storage.write(file, content('three'), ann)
    await files.storage.create('root', ['new.txt'], content('new'), ann)
    const whole = await seen(walk(files))

    for (let number = 1, isAgain = true; isAgain; number++) {
      const to = newFolder()
      cpSync(old, to, { recursive: true, preserveTimestamps: true })
      isAgain = await endsAt(number, side, () => takenOut(files, to))
      expect(['two!', 'three']).toContain(readFileSync(join(to, 'Reports', 'a.txt'), 'utf8'))
      if (existsSync(join(to, 'new.txt'))) expect(readFileSync(join(to, 'new.txt'), 'utf8')).toBe('new')
      expect(isBrokenExport(to)).toBe(!isExport(to))
      if (isExport(to) && number > 2) expect(await seen(readExport(to)), `${number}`).toEqual(whole)

      const { failed, report } = nothingFails()
      await takenOut(files, to, report)
      expect(failed).toEqual([])
      expect(await seen(readExport(to))).toEqual(whole)
      expect(existsSync(join(to, exportFolder, 'incoming'))).toBe(false)
    }
  }, 120_000)

  test(`wherever an import ends, ${side} any of its steps, nothing is torn, and the next one brings the rest`, async () => {
    const [files, to] = [await original(), newFolder()]
    await takenOut(files, to)
    const whole = await seen(walk(files))
    const bring = async ({ adopt, about }: SqlStorage, report: MoveReport) => {
      await bringIn(readExport(to), adopt, report)
      await bringInRecords(to, [about], report)
    }
    const empty = await emptyDatabase()
    for (let number = 1, isAgain = true; isAgain; number++) {
      const path = join(newFolder(), 'data.db')
      cpSync(empty, path)
      const database = `sqlite:${path}`
      const blobs = folderBlobs({ folder: newFolder() })
      const started = await opened(database, blobs)
      const mortal = await opened(steppedDialect(database), blobs)
      isAgain = await endsAt(number, side, () => bring(mortal, quiet))
      const faults: unknown[] = []
      for await (const fault of started.fsck()) faults.push(fault)
      expect(faults, `${number}`).toEqual([])

      const { failed, report } = nothingFails()
      await bring(started, report)
      expect(failed).toEqual([])
      expect(await seen(walk(started))).toEqual(whole)
      expect(await started.userInfo.get('ann')).toBe('what a client keeps')
      for (let sweeps = 0; sweeps < 2; sweeps++) await started.sweep({ grace: -1 })
      for await (const left of started.unreferenced()) expect(left).toBeUndefined()
    }
  }, 120_000)
}
