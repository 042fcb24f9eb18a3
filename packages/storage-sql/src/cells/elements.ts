import { type DataElement, elementBytes } from '@openwopi/cell-storage'
import type { Trx } from '../store.ts'
import type { CellPlace } from './cell-store.ts'

/** How much one statement carries at most: rows, and bytes of elements. */
const most = { rows: 200, bytes: 4 * 2 ** 20 }

/** A transaction in which much is written. */
export interface Writing {
  readonly trx: Trx
  /** Lets others have their turn, after each statement: over SQLite they are carried out in this thread. */
  readonly turn: () => Promise<void>
}

/** Takes all elements of a partition away. */
export async function dropElements(trx: Trx, { file_id, partition_id }: CellPlace): Promise<void> {
  await trx
    .deleteFrom('cell_elements')
    .where('file_id', '=', file_id)
    .where('partition_id', '=', partition_id)
    .execute()
}

/** Adds elements that are not there, and says how many bytes they have. */
export async function addElements(
  { trx, turn }: Writing,
  place: CellPlace,
  elements: readonly DataElement[],
): Promise<number> {
  let rows: (CellPlace & { element_id: string; element: Uint8Array })[] = []
  let [bytes, all] = [0, 0]
  const flush = async () => {
    if (rows.length === 0) return
    await trx.insertInto('cell_elements').values(rows).execute()
    await turn()
    rows = []
    bytes = 0
  }
  for (const element of elements) {
    const written = elementBytes(element)
    rows.push({ ...place, element_id: element.id, element: written })
    bytes += written.byteLength
    all += written.byteLength
    if (rows.length >= most.rows || bytes >= most.bytes) await flush()
  }
  await flush()
  return all
}

/** Takes away what is not among `elements`, and adds what is not there: so many bytes. */
export async function keepElements(
  writing: Writing,
  place: CellPlace,
  elements: ReadonlyMap<string, DataElement>,
): Promise<number> {
  const { trx } = writing
  const { file_id, partition_id } = place
  const there = await trx
    .selectFrom('cell_elements')
    .select('element_id')
    .where('file_id', '=', file_id)
    .where('partition_id', '=', partition_id)
    .execute()
  const before = new Set(there.map(({ element_id }) => element_id))
  const left = [...before].filter((id) => !elements.has(id))
  for (let from = 0; from < left.length; from += most.rows) {
    await trx
      .deleteFrom('cell_elements')
      .where('file_id', '=', file_id)
      .where('partition_id', '=', partition_id)
      .where('element_id', 'in', left.slice(from, from + most.rows))
      .execute()
  }
  return addElements(
    writing,
    place,
    [...elements.values()].filter(({ id }) => !before.has(id)),
  )
}
