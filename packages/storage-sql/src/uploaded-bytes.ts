import type { Content } from '@openwopi/host'
import { readBlob } from './read-blob.ts'
import type { Store } from './store.ts'

/** The bytes of an upload from `start` up to and without `end`, from one stretch after the other. */
export async function* uploadedBytes(
  store: Store,
  token: string,
  { start, end }: { readonly start: number; readonly end: number },
): Content {
  if (end <= start) return
  const parts = await store.db
    .selectFrom('upload_parts')
    .select(['start', 'size', 'blob'])
    .where('token', '=', token)
    .where('start', '<', end)
    .orderBy('start')
    .execute()
  let at = start
  for (const part of parts) {
    const partEnd = part.start + part.size
    if (partEnd <= at || part.size === 0) continue
    const upTo = Math.min(end, partEnd)
    yield* await readBlob(store, part.blob, { start: at - part.start, end: upTo - part.start })
    at = upTo
  }
  if (at < end) throw new Error('a part of the upload is missing')
}
