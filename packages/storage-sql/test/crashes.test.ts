import type { Rewrite, StoredFile } from '@openwopi/host'
import { expect, onTestFinished, test } from 'vitest'
import type { AdoptedVersion } from '../src/adopt/adoption.ts'
import { used } from '../src/blob-states.ts'
import { memoryBlobs } from '../src/memory-blobs.ts'
import { openDatabase } from '../src/open-database.ts'
import type { SqlStorage } from '../src/sql-storage.ts'
import { expectWhole, keysIn } from './consistency.ts'
import { overEach } from './databases.ts'
import { ann, bob, content, openTestStorage, standingClock, textOf, there } from './open-test-storage.ts'
import { watchedDialect } from './watched-dialect.ts'

class Crash extends Error {}

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
    const made = there(await containers.create('root', `folder ${Math.random()}`))
    await containers.remove(made)
  },
  'bringing a file along': ({ adopt }) =>
    adopt.file({ id: 'b', parentId: 'root', name: 'brought', ownerId: 'ann', versions: [version(1), version(2)] }),
  sweeping: async (sql) => {
    const other = there(await sql.storage.create('root', [`${Math.random()}`], content('swept'), ann))
    await sql.storage.remove(other, ann)
    await sql.trash.empty()
    await sql.sweep({ grace: 0 })
  },
  'emptying the trash': async (sql) => {
    const other = there(await sql.storage.create('root', [`${Math.random()}`], content('x'), ann))
    await sql.storage.remove(other, ann)
    await sql.trash.empty()
  },
}

overEach((databases) => {
  /** A storage of which each statement may be the last. */
  async function fragile(place: 'before' | 'after') {
    const address = await databases.fresh()
    const blobs = memoryBlobs()
    let left = Number.POSITIVE_INFINITY
    const stop = ({ sql }: { readonly sql: string }) => {
      if (sql !== 'begin immediate' && sql !== 'begin' && --left === 0) throw new Crash()
    }
    const database = watchedDialect(address, { [place]: stop })
    const { now } = standingClock()
    const sql = await openTestStorage(databases, { database, blobs, keepVersions: 2, now })
    const { db } = await openDatabase(address)
    onTestFinished(() => db.destroy())
    const stopAt = (number: number) => {
      left = number
    }
    return { sql, db, blobs, stopAt }
  }

  for (const place of ['before', 'after'] as const)
    test(`wherever a process ends, ${place} any of its statements, nothing is lost and nothing is torn`, async () => {
      const { sql, db, blobs, stopAt } = await fragile(place)
      for (const [name, operation] of Object.entries(operations)) {
        let end: unknown = new Crash()
        for (let number = 1; end instanceof Crash; number++) {
          stopAt(number)
          end = await operation(sql).catch((error: unknown) => error)
          stopAt(Number.POSITIVE_INFINITY)
          await expectWhole(db, blobs)
          await sql.sweep({ grace: 0 })
        }
        expect(end, name).not.toBeInstanceOf(Error)
        const known = await db.selectFrom('blobs').select('key').where('state', '=', used).execute()
        expect(await keysIn(blobs), name).toEqual(known.map(({ key }) => key).sort())
      }
      const { files } = await sql.containers.children('root', { limit: 100 })
      for (const file of files) expect(await textOf(sql, file)).toHaveLength(file.size)
    }, 120_000)
})
