/** How the store encrypts what it keeps. Which of these a store can do is its own affair; one that cannot refuses. */
export type ServerSideEncryption =
  /** By keys of the store (SSE-S3). */
  | { readonly by: 'store' }
  /** By a key of a key management service (SSE-KMS); absent `keyId` is the store's default key. */
  | { readonly by: 'kms'; readonly keyId?: string; readonly useBucketKey?: boolean }
  /** By a key that goes along with every request and that the store forgets (SSE-C): 32 bytes. Without it all is lost. */
  | { readonly by: 'customer'; readonly key: Uint8Array }

/** Where S3 is, and how it is spoken to. */
export interface S3BlobsOptions {
  readonly bucket: string
  /** What the names of all objects begin with; a slash is added. Absent: nothing. */
  readonly prefix?: string
  /** The address of the store. Absent: Amazon's, by `region`. */
  readonly endpoint?: string
  /** Absent: `us-east-1` where `endpoint` is given, else what Amazon's tools are set to. */
  readonly region?: string
  /** Absent: looked for where Amazon's tools look - environment, files, the machine's role. */
  readonly credentials?: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
  /** Whether the bucket stands in the path rather than in the host's name; default wherever `endpoint` is given. */
  readonly usePathStyle?: boolean
  /** Absent: as the bucket is set. */
  readonly encryption?: ServerSideEncryption
  /** How often a request is tried in all, with growing pauses, when the store fails or asks to slow down; default 5. */
  readonly attempts?: number
  /** How long a connection may stand still before it counts as broken, in milliseconds; default 30 seconds. */
  readonly idleTimeout?: number
  /** How large a part of a large content is, in bytes; default, and least that stores accept, 5 MiB. */
  readonly partSize?: number
  /** Gives the key of the next blob: a UUID that no blob has had before. */
  readonly newKey?: () => string
  readonly now?: () => number
}
