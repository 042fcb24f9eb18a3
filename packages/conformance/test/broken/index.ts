import type { Break } from './break.ts'
import { cellBreaks } from './cells.ts'
import { fileBreaks } from './files.ts'
import { lockBreaks } from './locks.ts'
import { nameBreaks } from './names.ts'
import { placeBreaks } from './places.ts'
import { proofBreaks } from './proof.ts'
import { raceBreaks } from './racing.ts'
import { requestBreaks } from './requests.ts'
import { togetherBreaks } from './together.ts'
import { wireBreaks } from './wire.ts'

/** Hosts that are wrong through and through, each in its way: what they are for is that no check lets all of them pass. */
export const breaks: readonly Break[] = [
  ...requestBreaks,
  ...fileBreaks,
  ...nameBreaks,
  ...lockBreaks,
  ...raceBreaks,
  ...proofBreaks,
  ...placeBreaks,
  ...togetherBreaks,
  ...wireBreaks,
  ...cellBreaks,
]
