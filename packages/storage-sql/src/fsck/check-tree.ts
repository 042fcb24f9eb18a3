import { atomically } from '../atomically.ts'
import { rootId } from '../entries.ts'
import { namesOf } from '../names.ts'
import { freeName } from '../restore-file.ts'
import type { Store } from '../store.ts'
import { folderKind, here } from '../tables.ts'
import type { Checking, Fault } from './fault.ts'

/** Whether every file and folder can be reached from the uppermost folder. What cannot is put into that one. */
export async function* checkTree({ store, repairs }: Checking): AsyncGenerator<Fault> {
  const told = new Set<string>()
  for (;;) {
    const lost = (await outOfReach(store)).filter(({ id }) => !told.has(id))
    // What lies in a folder that is out of reach is put right with it.
    const first = lost.find(({ hasFolder }) => hasFolder === 0) ?? lost[0]
    if (!first) return
    told.add(first.id)
    if (repairs) await putWithinReach(store, first)
    yield { what: 'out of reach', path: first.name, fileId: first.id, repair: repairs ? 'done' : 'possible' }
  }
}

interface Lost {
  readonly id: string
  readonly name: string
  /** 1: it lies in a folder, which is out of reach itself. */
  readonly hasFolder: number
}

async function outOfReach({ db }: Store): Promise<readonly Lost[]> {
  const rows = await db
    .withRecursive('reachable', (with_) =>
      with_
        .selectFrom('entries')
        .select('id')
        .where('id', '=', rootId)
        .union((union) =>
          union
            .selectFrom('entries')
            .innerJoin('reachable', 'reachable.id', 'entries.parent_id')
            .select('entries.id')
            .where('entries.state', '=', here)
            .where('entries.kind', '=', folderKind),
        ),
    )
    .selectFrom('entries')
    .leftJoin('entries as folder', (join) =>
      join
        .onRef('folder.id', '=', 'entries.parent_id')
        .on('folder.state', '=', here)
        .on('folder.kind', '=', folderKind),
    )
    .select(['entries.id', 'entries.name', 'folder.id as folderId'])
    .where('entries.state', '=', here)
    .where('entries.id', '<>', rootId)
    .where(({ or, eb, not, exists, selectFrom }) =>
      or([
        eb('entries.parent_id', 'is', null),
        not(exists(selectFrom('reachable').select('reachable.id').whereRef('reachable.id', '=', 'entries.parent_id'))),
      ]),
    )
    .execute()
  return rows.map(({ id, name, folderId }) => ({ id, name, hasFolder: folderId === null ? 0 : 1 }))
}

const putWithinReach = (store: Store, { id, name }: Lost): Promise<void> =>
  atomically(store, async (trx) => {
    const free = await freeName(trx, rootId, name)
    await trx
      .updateTable('entries')
      .set({ parent_id: rootId, ...namesOf(free) })
      .where('id', '=', id)
      .execute()
  })
