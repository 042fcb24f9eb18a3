import type { Guid } from '../binary/guid.ts'
import type { CellId, ExtendedGuid } from '../binary/ids.ts'

/** The parts of a file's storage. */
export const partitions = {
  content: '00000000-0000-0000-0000-000000000000',
  metadata: '383adc0b-e66e-4438-95e6-e39ef9720122',
  editors: '7808f4dd-2385-49d6-b7ce-37aca5e43602',
} as const satisfies Record<string, Guid>

/** The storage manifest of what is a file says this of itself. */
export const fileSchema: Guid = '0eb93394-571d-41e9-aad3-880d92d31955'

const root = '84defab9-aaa3-4a0d-a3a8-520c77ac7073'

/** The root that a file begins at, in its storage manifest and in its revisions. */
export const fileRoot: ExtendedGuid = `${root}:2`

/** The cell that a file is in. */
export const fileCell: CellId = `${root}:1/6f2a4665-42c8-46c7-bab4-e28fdce1e32b:1`
