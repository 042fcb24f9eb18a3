import type { SubAnswer } from '../envelope/answer.ts'
import type { Attributes } from '../envelope/envelope.ts'
import { ticksSince1601 } from '../envelope/ticks.ts'
import type { FileSaid } from '../files/file-said.ts'
import type { ContentState } from './cell-content.ts'

/** What a client calls a version of a file. */
export const etagOf = ({ version }: ContentState): string => `"${version}"`

/** Whether an attribute is said to be true. */
export const isTrue = (text: string | undefined): boolean => text?.toLowerCase() === 'true' || text === '1'

/** What is known of a file once its cells have been asked for, or put. */
export interface FileFacts {
  readonly state: ContentState | undefined
  /** What clients have said of it. Absent: that was not looked for. */
  readonly said?: FileSaid
  /** Whether its content was put. */
  readonly isPut: boolean
}

/** What an answer says of the file, beside the cells. */
export function fileAttributes(
  { state, said, isPut }: FileFacts,
  { GetFileProps, Coalesce }: Attributes,
): NonNullable<SubAnswer['attributes']> {
  if (!state) return {}
  const { version, createdAt, modifiedAt, modifiedBy } = state
  const ticks = (instant: number | undefined) => (instant === undefined ? undefined : String(ticksSince1601(instant)))
  const modified = said?.modified?.version === version ? said.modified.ticks : ticks(modifiedAt)
  return {
    Etag: etagOf(state),
    ...(isTrue(GetFileProps) && { CreateTime: ticks(createdAt ?? modifiedAt), LastModifiedTime: modified }),
    ModifiedBy: modifiedBy,
    HaveOnlyDemotionChanges: 'False',
    // Every put is in the file before it is answered.
    ...(isPut && isTrue(Coalesce) && { CoalesceHResult: '0' }),
  }
}
