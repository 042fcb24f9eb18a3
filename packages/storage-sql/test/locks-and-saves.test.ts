import type { Lock, StoredFile, User } from '@openwopi/host'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { memoryBlobs } from '../src/memory-blobs.ts'
import { openDatabase } from '../src/open-database.ts'
import type { SqlStorage } from '../src/sql-storage.ts'
import { overEach } from './databases.ts'
import { ann, bob, content, openTestStorage, textOf, there } from './open-test-storage.ts'

const lockOf = (id: string): Lock => ({ id, expiresAt: 1, version: '1', by: { id, name: id } })
/** Takes a while, so that others come between the question and its consequence. */
const holding = (node: SqlStorage, id: string) => async (present: StoredFile) => {
  const held = await node.locks.read(present.id, present)
  await node.containers.root()
  return held?.id === id ? ('replace' as const) : ('refuse' as const)
}

/** Keeps, for each content that becomes visible, which lock was in the row at that moment. */
const audits = {
  postgres: [
    'create table audit (version text, lock text)',
    `create function audit() returns trigger language plpgsql as $$ begin
       insert into audit values (new.version, new.lock); return new; end $$`,
    `create trigger audited after update on entries for each row
       when (new.version <> old.version) execute function audit()`,
  ],
  sqlite: [
    'create table audit (version text, lock text)',
    `create trigger audited after update on entries when new.version <> old.version
       begin insert into audit values (new.version, new.lock); end`,
  ],
}

overEach((databases) => {
  /** Two nodes over one database and one blob store, and a file. */
  async function twoNodes() {
    const blobs = memoryBlobs()
    const one = await openTestStorage(databases, { blobs })
    const two = await openTestStorage(databases, { blobs, database: one.database })
    const file = there(await one.storage.create('root', ['a.docx'], content('start'), ann))
    return { one, two, file, database: String(one.database) }
  }

  test('a save is decided on by its lock as it is, and not as it was when its file was found', async () => {
    const { one, two, file } = await twoNodes()
    const decide = (by: string) => async (present: StoredFile) =>
      (await one.locks.read(present.id, present))?.id === by ? ('replace' as const) : ('refuse' as const)
    await two.locks.swap(file.id, undefined, lockOf('mine'))
    const saved = there(await one.storage.write(file, content('locked since'), { ...ann, decide: decide('mine') }))
    await two.locks.swap(file.id, lockOf('mine'), lockOf('theirs'))
    expect(await one.storage.write(saved, content('late'), { ...ann, decide: decide('mine') })).toBeUndefined()
    expect(await textOf(two, saved)).toBe('locked since')
  })

  test('a save finds that its lock is gone when its file was removed and put back meanwhile', async () => {
    const { one, two, file } = await twoNodes()
    await one.locks.swap(file.id, undefined, lockOf('mine'))
    const found = there(await one.storage.find(file.id))
    await two.storage.remove(found, ann)
    await two.trash.restore(file.id)
    const asked: (string | undefined)[] = []
    const decide = async (present: StoredFile) => {
      const held = (await one.locks.read(present.id, present))?.id
      asked.push(held)
      return held === 'mine' ? ('replace' as const) : ('refuse' as const)
    }
    expect(await one.storage.write(found, content('late'), { ...ann, decide })).toBeUndefined()
    expect(asked).toEqual(['mine', undefined])
    expect(await textOf(two, file)).toBe('start')
  })

  test('a save is refused when another node has taken its lock while it was decided', async () => {
    const { one, two, file } = await twoNodes()
    await one.locks.swap(file.id, undefined, lockOf('mine'))
    const found = there(await one.storage.find(file.id))
    const asked: (string | undefined)[] = []
    const decide = async (present: StoredFile) => {
      const held = (await one.locks.read(present.id, present))?.id
      asked.push(held)
      if (asked.length === 1) await two.locks.swap(file.id, lockOf('mine'), lockOf('theirs'))
      return held === 'mine' ? ('replace' as const) : ('refuse' as const)
    }
    expect(await one.storage.write(found, content('late'), { ...ann, decide })).toBeUndefined()
    expect(asked).toEqual(['mine', 'theirs'])
    expect(await textOf(two, file)).toBe('start')
  })

  test('a removal is refused when another node has locked the file while it was confirmed', async () => {
    const { one, two, file } = await twoNodes()
    let asked = 0
    const confirm = async () => {
      const isFree = (await one.locks.read(file.id)) === undefined
      if (++asked === 1) await two.locks.swap(file.id, undefined, lockOf('theirs'))
      return isFree
    }
    expect(await one.storage.remove(file, { ...ann, confirm })).toBe(false)
    expect(asked).toBe(2)
    expect(await two.storage.find(file.id)).toBeDefined()
  })

  test('a lock that was taken and given back in between is a change too', async () => {
    const { one, two, file } = await twoNodes()
    let asked = 0
    const decide = async () => {
      if (++asked === 1) {
        await two.locks.swap(file.id, undefined, lockOf('theirs'))
        await two.locks.swap(file.id, lockOf('theirs'), undefined)
      }
      return 'replace' as const
    }
    await one.storage.write(file, content('new'), { ...ann, decide })
    expect(asked).toBe(2)
  })

  test('a lock does not move on the word of someone who knows an earlier version of the file', async () => {
    const { one, two, file } = await twoNodes()
    const after = there(await two.storage.write(file, content('new'), ann))
    expect(await one.locks.swap(file.id, undefined, lockOf('mine'), file)).toBe(false)
    expect(await one.locks.read(file.id)).toBeUndefined()
    expect(await one.locks.swap(file.id, undefined, lockOf('mine'), after)).toBe(true)
  })

  test('no lock is taken on a file that is in the trash', async () => {
    const { one, two, file } = await twoNodes()
    await one.storage.remove(file, ann)
    expect(await two.locks.swap(file.id, undefined, lockOf('theirs'))).toBe(false)
    expect(await two.locks.read(file.id)).toBeUndefined()
  })

  test('a slot that was read with its file is told again without another look, and a fresh one with it', async () => {
    const { one, two, file } = await twoNodes()
    const before = there(await one.storage.find(file.id))
    await two.locks.swap(file.id, undefined, lockOf('theirs'))
    expect(await one.locks.read(file.id, before)).toBeUndefined()
    expect((await one.locks.read(file.id))?.id).toBe('theirs')
    expect((await two.locks.read(file.id, before))?.id).toBe('theirs')
  })

  test('whatever several clients do on two nodes at once, what becomes visible was saved under the lock that was held', async () => {
    const step = fc.record({ who: fc.nat(3), what: fc.constantFrom('lock', 'steal', 'save', 'save', 'unlock') })
    const { one, two, database } = await twoNodes()
    const { db, engine } = await openDatabase(database)
    onTestFinished(() => db.destroy())
    for (const each of audits[engine]) await sql.raw(each).execute(db)
    onTestFinished(async () => {
      if (engine === 'postgres') await sql`drop table audit cascade; drop function audit cascade`.execute(db)
    })
    let count = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { maxLength: 12 }), { minLength: 4, maxLength: 4 }), async (scripts) => {
        const file = there(await one.storage.create('root', [`${++count}`], content('start'), ann))
        await Promise.all(scripts.map((steps, index) => play(index % 2 ? one : two, file, { steps, index })))
        const { rows } = await sql<{ author: string; lock: string | null }>`
          select author, lock from audit join versions using (version)`.execute(db)
        for (const { author, lock } of rows) expect(JSON.parse(lock ?? 'null')?.id).toBe(JSON.parse(author).id)
        const after = there(await two.storage.find(file.id))
        expect(await textOf(one, after)).not.toBe('')
        expect(await one.versions.list(file.id)).toHaveLength(after.sequenceNumber ?? 0)
      }),
      { numRuns: 20 },
    )
  })

  interface Script {
    readonly steps: readonly { readonly who: number; readonly what: string }[]
    readonly index: number
  }

  async function play(node: SqlStorage, file: StoredFile, { steps, index }: Script): Promise<void> {
    for (const { who, what } of steps) {
      const id = `${index}${who}`
      const by: User = { id, name: id }
      const held = await node.locks.read(file.id)
      if (what === 'lock' && !held) await node.locks.swap(file.id, undefined, lockOf(id))
      if (what === 'steal') await node.locks.swap(file.id, held, lockOf(id))
      if (what === 'unlock' && held) await node.locks.swap(file.id, held, undefined)
      if (what === 'save') await node.storage.write(file, content(id), { by, decide: holding(node, id) })
    }
  }

  test('of many saves by two nodes to one version exactly one wins', async () => {
    const { one, two, file } = await twoNodes()
    const saves = await Promise.all(
      Array.from({ length: 16 }, (_, index) => (index % 2 ? one : two).storage.write(file, content(`${index}`), bob)),
    )
    expect(saves.filter(Boolean)).toHaveLength(1)
    const after = there(await one.storage.find(file.id))
    expect(await textOf(two, after)).toBe(`${saves.findIndex(Boolean)}`)
  })
})
