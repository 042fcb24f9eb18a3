import { fileKind, gone } from '../tables.ts'
import type { Checking, Fault } from './fault.ts'
import { pathOf } from './versions-to-check.ts'

/** Whether what each file says of its present content is what its history says of it. The history is believed. */
export async function* checkHeads({ store, repairs }: Checking): AsyncGenerator<Fault> {
  for (const { id, name, version } of await differing(store)) {
    const isDone = repairs ? await followHistory(store, id) : false
    const path = (await pathOf(store, id)) || name
    yield {
      what: 'history differs',
      path,
      fileId: id,
      version,
      repair: isDone ? 'done' : repairs ? 'none' : 'possible',
    }
  }
}

const differing = ({ db }: Checking['store']) =>
  db
    .selectFrom('entries')
    .leftJoin('versions', (join) =>
      join.onRef('versions.file_id', '=', 'entries.id').onRef('versions.sequence', '=', 'entries.sequence'),
    )
    .select(['entries.id', 'entries.name', 'entries.version'])
    .where('entries.kind', '=', fileKind)
    .where('entries.state', '<>', gone)
    .where((eb) =>
      eb.or([
        eb('versions.version', 'is', null),
        eb('versions.version', '<>', eb.ref('entries.version')),
        eb('versions.blob', '<>', eb.fn.coalesce('entries.blob', eb.val(''))),
        eb('versions.size', '<>', eb.ref('entries.size')),
        eb('versions.sha256', '<>', eb.fn.coalesce('entries.sha256', eb.val(''))),
      ]),
    )
    .execute()

/** Makes the newest version of a file its present one. `false`: it has none. */
async function followHistory({ db }: Checking['store'], id: string): Promise<boolean> {
  const newest = await db
    .selectFrom('versions')
    .selectAll()
    .where('file_id', '=', id)
    .orderBy('sequence', 'desc')
    .executeTakeFirst()
  if (!newest) return false
  const { sequence, version, size, modified_at, sha256, blob } = newest
  await db
    .updateTable('entries')
    .set({ sequence, version, size, modified_at, sha256, blob })
    .where('id', '=', id)
    .execute()
  return true
}
