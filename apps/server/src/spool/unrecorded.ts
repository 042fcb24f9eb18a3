import { UnrecordedContent } from '@openwopi/storage-sql/connect'

/** Of what went wrong, and of what that came from, a content that lies in the blob store without the database knowing. */
export function unrecordedIn(error: unknown): UnrecordedContent | undefined {
  if (error instanceof UnrecordedContent) return error
  return error instanceof Error ? unrecordedIn(error.cause) : undefined
}
