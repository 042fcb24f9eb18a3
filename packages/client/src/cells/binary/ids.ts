import type { Guid } from './guid.ts'

/** A GUID and a number, as `guid:number`. The null one is empty. */
export type ExtendedGuid = `${Guid}:${number}` | ''

/** Which of the cells of a storage: two extended GUIDs, as `guid:number/guid:number`. The null one is `/`. */
export type CellId = `${ExtendedGuid}/${ExtendedGuid}`

/** When a server learned of something: a GUID, and a number that grows under it. `undefined`: never. */
export type SerialNumber = { readonly guid: Guid; readonly value: bigint } | undefined

/** The GUID and the number of an id that is not the null one. */
export function partsOf(id: ExtendedGuid): { readonly guid: Guid; readonly value: number } {
  const [guid = '', value = '0'] = id.split(':')
  return { guid, value: Number(value) }
}

/** The two ids that name a cell. */
export function halvesOf(cell: CellId): readonly [ExtendedGuid, ExtendedGuid] {
  const [first, second] = cell.split('/') as [ExtendedGuid, ExtendedGuid]
  return [first, second]
}
