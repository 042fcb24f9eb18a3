import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Blobs } from '../blobs.ts'
import { folderBlobs } from './folder-blobs.ts'
import type { S3BlobsOptions, ServerSideEncryption } from './s3/options.ts'

/** Blobs that are to be let go of at the end. */
export type OpenBlobs = Blobs & { close(): void }

/**
 * The blobs at an address: the path of a folder, or `s3://BUCKET/PREFIX` with what else is to be known after a `?`:
 * `endpoint`, `region`, `path-style` (`yes` or `no`), `encryption` (`store`, `kms` or `kms:KEY`), and `customer-key-file`, the
 * path of a file with 32 bytes in Base64. Credentials are looked for where Amazon's tools look. What S3 takes is loaded only for it.
 */
export async function openBlobs(address: string): Promise<OpenBlobs> {
  if (!/^s3:/i.test(address)) return { ...folderBlobs({ folder: pathIn(address) }), close: () => {} }
  const options = await s3Options(address)
  const { s3Blobs } = await import('./s3/s3-blobs.ts')
  return s3Blobs(options)
}

function pathIn(address: string): string {
  if (/^file:/i.test(address)) return fileURLToPath(address)
  const scheme = /^([a-z][a-z\d+.-]+):\/\//i.exec(address)?.[1]
  if (scheme === undefined && address !== '') return address
  throw new Error(`contents lie in a folder or at s3://bucket/prefix, not at ${JSON.stringify(address)}`)
}

/** What an address of S3 says. */
export async function s3Options(address: string): Promise<S3BlobsOptions> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url?.hostname) throw new Error(`${JSON.stringify(address)} names no bucket: it is to be s3://bucket/prefix`)
  if (url.username || url.password)
    throw new Error('credentials do not belong into an address: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY')
  const said = new Map(url.searchParams)
  const unknown = [...said.keys()].find((name) => !names.includes(name))
  if (unknown !== undefined)
    throw new Error(`an address of S3 says nothing called ${unknown}: it may say ${names.join(', ')}`)
  const [endpoint, region, pathStyle] = ['endpoint', 'region', 'path-style'].map((name) => said.get(name))
  if (endpoint !== undefined && !/^https?:\/\//.test(endpoint))
    throw new Error(`the endpoint ${endpoint} is to be an http(s) address`)
  if (pathStyle !== undefined && !/^(yes|no)$/.test(pathStyle))
    throw new Error(`path-style is yes or no, not ${pathStyle}`)
  const encryption = await encryptionOf(said)
  return {
    bucket: decodeURIComponent(url.hostname),
    prefix: decodeURIComponent(url.pathname),
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
    ...(pathStyle !== undefined && { usePathStyle: pathStyle === 'yes' }),
    ...(encryption && { encryption }),
  }
}

const names = ['endpoint', 'region', 'path-style', 'encryption', 'customer-key-file']

async function encryptionOf(said: ReadonlyMap<string, string>): Promise<ServerSideEncryption | undefined> {
  const [by, keyFile] = ['encryption', 'customer-key-file'].map((name) => said.get(name))
  if (keyFile !== undefined && by !== undefined)
    throw new Error('an address of S3 says encryption or customer-key-file, not both')
  if (keyFile !== undefined) return { by: 'customer', key: await keyIn(keyFile) }
  if (by === undefined) return undefined
  if (by === 'store') return { by }
  const [isKms, keyId] = /^kms(?::(.+))?$/.exec(by) ?? []
  if (isKms === undefined) throw new Error(`encryption is store, kms or kms:KEY, not ${by}`)
  return { by: 'kms', ...(keyId !== undefined && { keyId }) }
}

/** 32 bytes in Base64, and nothing else. What stands there instead is told to nobody. */
async function keyIn(keyFile: string): Promise<Buffer> {
  const text = await readFile(keyFile, 'utf8').catch((cause: unknown) => {
    throw new Error(`customer-key-file cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause })
  })
  if (/^[A-Za-z\d+/]{43}=$/.test(text.trim())) return Buffer.from(text, 'base64')
  throw new Error(
    `customer-key-file ${keyFile} holds no key: that is 32 bytes in Base64, as "openssl rand -base64 32" makes`,
  )
}
