import { type ExtendedGuid, extendedGuid, nullExtendedGuid } from './extended-guid.ts'
import type { Field } from './field.ts'

/** A cell ID: two extended GUIDs with a slash between them. */
export type CellId = `${ExtendedGuid}/${ExtendedGuid}`

/** The cell ID that stands for none. */
export const nullCellId: CellId = `${nullExtendedGuid}/${nullExtendedGuid}`

/** The cell ID of two extended GUIDs. */
export const cellIdOf = (first: ExtendedGuid, second: ExtendedGuid): CellId => `${first}/${second}`

/** A cell ID. */
export const cellId: Field<CellId> = {
  read(reader) {
    const first = extendedGuid.read(reader)
    const second = extendedGuid.read(reader)
    return first === nullExtendedGuid && second === nullExtendedGuid ? nullCellId : `${first}/${second}`
  },
  write(writer, id) {
    const slash = id.indexOf('/')
    extendedGuid.write(writer, id.slice(0, slash) as ExtendedGuid)
    extendedGuid.write(writer, id.slice(slash + 1) as ExtendedGuid)
  },
}
