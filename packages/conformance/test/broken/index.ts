import type { Break } from './break.ts'
import { fileBreaks } from './files.ts'
import { lockBreaks } from './locks.ts'
import { nameBreaks } from './names.ts'
import { proofBreaks } from './proof.ts'
import { requestBreaks } from './requests.ts'

/** Hosts that are right but for one thing each. */
export const breaks: readonly Break[] = [...requestBreaks, ...fileBreaks, ...nameBreaks, ...lockBreaks, ...proofBreaks]
