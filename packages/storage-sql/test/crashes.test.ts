import { randomUUID } from 'node:crypto'
import { committed, emptyPartition, fileToCells } from '@openwopi/cell-storage'
import type { Rewrite, StoredFile } from '@openwopi/host'
import { expect, onTestFinished, test } from 'vitest'
import type { AdoptedVersion } from '../src/adopt/adoption.ts'
import { used } from '../src/blob-states.ts'
import type { Blobs } from '../src/blobs.ts'
import type { FsckOptions } from '../src/fsck/fault.ts'
import { memoryBlobs } from '../src/memory-blobs.ts'
import { openDatabase } from '../src/open-database.ts'
import type { SqlStorage } from '../src/sql-storage.ts'
import { expectWhole, keysIn } from './consistency.ts'
import { overEach } from './databases.ts'
import { ann, bob, content, openTestStorage, standingClock, textOf, there } from './open-test-storage.ts'
import { mortalProcess } from './process-end.ts'
import { watchedDialect } from './watched-dialect.ts'

const carrying = (text: string): Required<Pick<Rewrite, 'carries'>> => ({
  carries: {
    properties: [{ Name: 'p', Value: text, Retention: 'KeepOnContentChange' }],
    streams: [{ id: 's', content: content(text) }],
  },
})

/** The file on which everything is tried. */
const theFile = async ({ storage }: SqlStorage): Promise<StoredFile> => there(await storage.child('root', 'a'))

const saving = (change: () => Rewrite) => async (sql: SqlStorage) =>
  sql.storage.write(await theFile(sql), content('next'), change())

/** What a file was elsewhere. */
const version = (number: number): AdoptedVersion => ({
  ...{ version: String(number), size: 7, modifiedAt: number, read: async () => content('brought') },
})

const place = { file: 'with cells', partition: '00000000-0000-0000-0000-000000000000' }

let names = 0
/** A name that nothing has yet. */
const another = () => `${++names}`

/** Puts cells in the place of those that are there. */
const replacingCells = async ({ cellStore }: SqlStorage) => {
  const before = await cellStore.read(place)
  const cells = fileToCells(place.file, new TextEncoder().encode(`cells ${another()}`))
  const made = committed(emptyPartition(randomUUID()), cells, randomUUID)
  if (!(await cellStore.swap(place, before, { ...made, source: '1' }))) throw new Error('somebody was quicker')
}

const telling = async (sql: SqlStorage) => {
  const people = [{ id: 'bob', name: 'Bob', provider: 'AD', isMentioned: true }]
  const told = { id: randomUUID(), action: 'created' as const, contentId: 'c', isReply: false, people }
  await sql.activities.add((await theFile(sql)).id, [told], ann.by)
  expect((await sql.activities.mentioning('bob', 100)).map(({ id }) => id)).toEqual(
    (await sql.activities.list((await theFile(sql)).id)).map(({ id }) => id).reverse(),
  )
}

/** Every operation that takes more than one step. Each may be begun again wherever it was stopped. */
const operations: Readonly<Record<string, (sql: SqlStorage) => Promise<unknown>>> = {
  'making a file': ({ storage }) => storage.create('root', ['a', 'b', 'c', 'd'], content('new'), ann),
  saving: saving(() => ann),
  'saving once more, which lets go of the oldest version': saving(() => bob),
  autosaving: saving(() => ({ ...ann, isAutosave: true, ...carrying('A') })),
  'autosaving in the place of an autosave': saving(() => ({ ...ann, isAutosave: true })),
  'saving with streams': saving(() => ({ ...bob, ...carrying('B') })),
  'saving with streams in the place of others': saving(() => ({ ...bob, ...carrying('C') })),
  'a save that is refused': saving(() => ({ ...bob, decide: async () => 'refuse' })),
  'a save that goes beside': saving(() => ({ ...bob, decide: async () => ({ beside: ['a', 'x', 'y', 'z'] }) })),
  'an upload': async ({ uploads }) => {
    const { token } = there(await uploads.begin({ fileId: '1', userId: 'ann' }))
    await uploads.add(token, 0, content('01'))
    await uploads.end(token)
  },
  'renaming, removing and restoring': async (sql) => {
    for (const { file } of await sql.trash.list()) await sql.trash.restore(file.id)
    const file = await theFile(sql)
    await sql.storage.rename(file, 'A')
    await sql.storage.remove(file, ann)
    await sql.trash.restore(file.id)
  },
  'making and removing a folder': async ({ containers }) => {
    const made = there(await containers.create('root', `folder ${another()}`))
    await containers.remove(made)
  },
  'bringing a file along': ({ adopt }) =>
    adopt.file({ id: 'b', parentId: 'root', name: 'brought', ownerId: 'ann', versions: [version(1), version(2)] }),
  'replacing cells': replacingCells,
  'forgetting cells': async (sql) => {
    await replacingCells(sql)
    await sql.cellStore.forget(place)
  },
  'telling of a comment in which somebody is mentioned': telling,
  sweeping: async (sql) => {
    const other = there(await sql.storage.create('root', [another()], content('swept'), ann))
    await sql.storage.remove(other, ann)
    await sql.trash.empty()
    await sql.sweep({ grace: 0 })
  },
  'emptying the trash': async (sql) => {
    const other = there(await sql.storage.create('root', [another()], content('x'), ann))
    await sql.storage.remove(other, ann)
    await sql.trash.empty()
  },
}

/** What lies in the memory of a process is gone with it, so nothing is asked of a process that has ended. */
const endedWith = (blobs: Blobs, check: () => void): Blobs => ({
  ...blobs,
  async put(content, options) {
    check()
    const put = await blobs.put(content, options)
    check()
    return put
  },
  async remove(key) {
    check()
    await blobs.remove(key)
  },
})

const faultsOf = async ({ fsck }: SqlStorage, options?: FsckOptions) => {
  const faults: unknown[] = []
  for await (const fault of fsck(options)) faults.push(fault)
  return faults
}

overEach((databases) => {
  /** A storage whose process may end at each statement: from then on it does nothing more. */
  async function fragile(where: 'before' | 'after') {
    const address = await databases.fresh()
    const blobs = memoryBlobs()
    const mortal = mortalProcess()
    const stop = ({ sql }: { readonly sql: string }) => {
      // The server takes back what a process that is gone has not committed.
      if (sql === 'rollback') return
      if (sql.startsWith('begin')) mortal.look()
      else mortal.step()
    }
    const database = watchedDialect(address, { [where]: stop })
    const { now } = standingClock()
    const options = { keepVersions: 2, now }
    const sql = await openTestStorage(databases, { ...options, database, blobs: endedWith(blobs, mortal.look) })
    const started = await openTestStorage(databases, { ...options, database: address, blobs })
    const { db } = await openDatabase(address)
    onTestFinished(() => db.destroy())
    const endsAt = (number: number, work: (sql: SqlStorage) => Promise<unknown>) =>
      mortal.endsAt(number, () => work(sql))
    return { sql, started, db, blobs, endsAt }
  }

  for (const where of ['before', 'after'] as const) {
    test(`wherever a process ends, ${where} any of its statements, nothing is lost and nothing is torn`, async () => {
      const { sql, started, db, blobs, endsAt } = await fragile(where)
      for (const [name, operation] of Object.entries(operations)) {
        for (let number = 1; await endsAt(number, operation); number++) {
          await expectWhole(db, blobs)
          expect(await faultsOf(started), `${name}, ${number}`).toEqual([])
          await sql.sweep({ grace: 0 })
        }
        await expectWhole(db, blobs)
        await sql.sweep({ grace: 0 })
        await sql.sweep({ grace: 0 })
        const known = await db.selectFrom('blobs').select('key').where('state', '=', used).execute()
        expect(await keysIn(blobs), name).toEqual(known.map(({ key }) => key).sort())
      }
      const { files } = await sql.containers.children('root', { limit: 100 })
      for (const file of files) expect(await textOf(sql, file)).toHaveLength(file.size)
    }, 120_000)

    test(`a repair that ends ${where} any of its statements is made to its end by the next one`, async () => {
      const { sql, db, blobs, started, endsAt } = await fragile(where)
      const repair = async (storage: SqlStorage) => void (await faultsOf(storage, { repairs: true }))
      let isAgain = true
      for (let number = 1; isAgain; number++) {
        const folder = there(await sql.containers.create('root', `folder ${number}`))
        const lost = there(await sql.storage.create(folder.id, ['lost'], content(`text ${number}`), ann))
        await sql.storage.create('root', [`equal ${number}`], content(`text ${number}`), ann)
        await blobs.remove(
          there(
            (await db.selectFrom('versions').select('blob').where('file_id', '=', lost.id).executeTakeFirst())?.blob,
          ),
        )
        await db.updateTable('entries').set({ size: 99 }).where('id', '=', lost.id).execute()
        await db.deleteFrom('entries').where('id', '=', folder.id).execute()
        isAgain = await endsAt(number, repair)
        await repair(started)
        expect(await faultsOf(started), `${number}`).toEqual([])
        expect(await textOf(started, there(await started.storage.find(lost.id)))).toBe(`text ${number}`)
        await started.sweep({ grace: 0 })
      }
    }, 120_000)
  }
})
