import { partitions, readRequest } from '../../src/index.ts'
import { committed } from '../../src/store/commit.ts'
import { emptyPartition, type Partition } from '../../src/store/partition.ts'
import * as vectors from '../vectors.ts'

export const place = { file: '42', partition: partitions.content }

export const serialGuid = 'aaaaaaaa-2222-3333-4444-555555555555'

/** GUIDs that are all different, and the same in each test. */
export function guids(): () => string {
  let count = 0
  return () => `bbbbbbbb-0000-0000-0000-${(++count).toString(16).padStart(12, '0')}`
}

/** The partition that Put Changes of the sample file makes. */
export function helloPartition(from: Partition = emptyPartition(serialGuid)): Partition {
  const elements = readRequest(Uint8Array.from(Buffer.from(vectors.putChanges, 'base64'))).elements ?? []
  const index = elements.map(({ body }) => body).find((body) => body.type === 'storageIndex')
  if (index?.type !== 'storageIndex') throw new Error('the sample has no storage index')
  return committed(
    from,
    {
      manifest: index.manifest?.element,
      cells: new Map(index.cells.map(({ cell, element }) => [cell, element])),
      revisions: new Map(index.revisions.map(({ revision, element }) => [revision, element])),
      elements: elements.filter(({ body }) => body.type !== 'storageIndex'),
    },
    guids(),
  )
}
