import { S3ServiceException } from '@aws-sdk/client-s3'

/** The object store did not do what it was asked to. */
export class StoreFailure extends Error {
  override name = 'StoreFailure'
  /** The store's own word for it, such as `NoSuchBucket`, `AccessDenied` or `SlowDown`. */
  readonly code: string

  constructor(what: string, cause: unknown) {
    const code = codeOf(cause)
    super(`${what} failed: ${describe(cause, code).replace(/\.$/, '')}${advice[code] ?? ''}`, { cause })
    this.code = code
  }
}

const codeOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return 'Unknown'
  if (cause instanceof S3ServiceException) return cause.name
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}

function describe(cause: unknown, code: string): string {
  if (!(cause instanceof S3ServiceException))
    return cause instanceof Error ? `${cause.message} (${code})` : String(cause)
  const { httpStatusCode, attempts = 1 } = cause.$metadata
  const tries = attempts > 1 ? `, after ${attempts} tries` : ''
  return `the store answered ${httpStatusCode ?? 'nothing'} ${code}${tries}: ${cause.message}`
}

/** What to do about it, where that is plain. */
const advice: Readonly<Record<string, string>> = {
  NoSuchBucket: '. Make the bucket, or name another one.',
  AccessDenied: '. The credentials must allow reading, writing, listing and removing in this bucket.',
  InvalidAccessKeyId: '. Check the access key.',
  SignatureDoesNotMatch: '. Check the secret key.',
  CredentialsProviderError: '. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or use a role of the machine.',
  ECONNREFUSED: '. Nothing listens there: check the endpoint.',
  ENOTFOUND: '. There is no such host: check the endpoint.',
}

/** Whether the store says that there is no such object, as opposed to no such bucket or no such right. */
export const isMissing = (error: unknown): boolean => error instanceof StoreFailure && error.code === 'NoSuchKey'
