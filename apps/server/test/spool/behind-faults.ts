import { join } from 'node:path'
import { vi } from 'vitest'
import { type Fault, faultyWay, type Seen } from '../../../../packages/storage-sql/test/blobs/faulty-way.ts'
import { newBucket, type objectStores } from '../../../../packages/storage-sql/test/blobs/object-stores.ts'
import type { Config } from '../../src/config.ts'
import { type Server, start } from '../start.ts'
import { temporary } from './an-editor.ts'

/** A server whose bucket lies behind a way on which things may go wrong. */
export interface BehindFaults {
  readonly server: Server
  /** With what it was started. */
  readonly config: Partial<Config>
  /** What the bucket was asked. */
  readonly requests: readonly Seen[]
  /** From now on this goes wrong, with all requests or with those that are meant. */
  readonly breaks: (fault: Fault | undefined, isMeant?: (seen: Seen) => boolean) => void
}

/** Starts one. */
export async function behindFaults(
  store: (typeof objectStores)[number],
  config: Partial<Config> = {},
): Promise<BehindFaults> {
  let fault: (seen: Seen) => Fault | undefined = () => undefined
  const { where } = await newBucket(store)
  const way = await faultyWay(where.endpoint ?? '', (seen) => fault(seen))
  vi.stubEnv('AWS_ACCESS_KEY_ID', where.credentials?.accessKeyId ?? '')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', where.credentials?.secretAccessKey ?? '')
  const blobs = `s3://${where.bucket}/x?${new URLSearchParams({ endpoint: way.endpoint, region: where.region ?? '' })}`
  const database = `sqlite:${join(await temporary(), 'data.db')}`
  const whole = { database, blobs, ...config }
  const server = await start({ config: whole })
  return {
    server,
    config: whole,
    requests: way.requests,
    breaks: (next, isMeant = () => true) => {
      fault = (seen) => (isMeant(seen) ? next : undefined)
    },
  }
}
