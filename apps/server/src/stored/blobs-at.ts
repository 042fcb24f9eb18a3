import { resolve } from 'node:path'
import { type Blobs, folderBlobs } from '@openwopi/storage-sql'
import type { ServerSideEncryption } from '@openwopi/storage-sql/s3'

/** The blob store at a place: a folder, or `s3://BUCKET/PREFIX?endpoint=…&region=…&encryption=…`. */
export async function blobsAt(place: string): Promise<Blobs> {
  if (!place.startsWith('s3:')) return folderBlobs({ folder: resolve(place) })
  const { hostname: bucket, pathname, searchParams } = new URL(place)
  const [prefix, endpoint, region] = [
    decodeURIComponent(pathname).replace(/^\/|\/$/g, ''),
    searchParams.get('endpoint'),
    searchParams.get('region'),
  ]
  const encryption = encryptionOf(searchParams.get('encryption'))
  // Nobody who keeps contents in a folder needs to load what S3 takes.
  const { s3Blobs } = await import('@openwopi/storage-sql/s3')
  return s3Blobs({
    bucket,
    ...(prefix !== '' && { prefix }),
    ...(endpoint !== null && { endpoint }),
    ...(region !== null && { region }),
    ...(encryption && { encryption }),
  })
}

function encryptionOf(written: string | null): ServerSideEncryption | undefined {
  if (written === null) return undefined
  if (written === 'store') return { by: 'store' }
  const [, keyId] = /^kms(?::(.+))?$/.exec(written) ?? []
  return { by: 'kms', ...(keyId !== undefined && { keyId }) }
}
