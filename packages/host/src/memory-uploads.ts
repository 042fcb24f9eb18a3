import { bytesOf, inPieces } from './memory-bytes.ts'
import { type Aside, type Upload, type UploadOwner, type Uploads, uploadLifetime } from './uploads.ts'

interface UploadsOptions {
  /** How many each user may have. */
  readonly mostPerUser?: number
  /** Bytes of all together. */
  readonly mostBytes?: number
  readonly now?: () => number
  readonly newToken?: () => string
}

interface Held extends UploadOwner {
  readonly bytes: Uint8Array
  readonly endsAt: number
}

const aside = (bytes: Uint8Array): Aside => ({
  size: bytes.byteLength,
  read: (start, end) => inPieces(bytes.subarray(start, end)),
})

/** Uploads that live as long as the process. */
export function memoryUploads({
  mostPerUser = 100,
  mostBytes = 2 ** 30,
  now = Date.now,
  newToken = () => crypto.randomUUID(),
}: UploadsOptions = {}): Uploads {
  const all = new Map<string, Held>()

  const held = (token: string) => {
    for (const [each, { endsAt }] of all) if (endsAt <= now()) all.delete(each)
    return all.get(token)
  }
  const put = (token: string, { fileId, userId }: UploadOwner, bytes: Uint8Array): Upload => {
    all.set(token, { fileId, userId, bytes, endsAt: now() + uploadLifetime })
    return { token, fileId, userId, ...aside(bytes) }
  }
  const room = () => mostBytes - [...all.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0)

  return {
    async begin(owner) {
      const token = newToken()
      held(token)
      const own = [...all.values()].filter(({ userId }) => userId === owner.userId)
      return own.length >= mostPerUser ? undefined : put(token, owner, new Uint8Array())
    },
    async find(token) {
      const found = held(token)
      return found && { token, fileId: found.fileId, userId: found.userId, ...aside(found.bytes) }
    },
    async add(token, offset, content) {
      const before = held(token)
      if (!before || before.bytes.byteLength !== offset) return before ? 'elsewhere' : 'gone'
      const added = await bytesOf(content)
      const found = held(token)
      if (found?.bytes !== before.bytes) return found ? 'elsewhere' : 'gone'
      if (added.byteLength > room()) return 'full'
      const bytes = new Uint8Array(offset + added.byteLength)
      bytes.set(found.bytes)
      bytes.set(added, offset)
      return put(token, found, bytes)
    },
    async end(token) {
      all.delete(token)
    },
    putAside: async (content) => ({ ...aside(await bytesOf(content)), discard: async () => {} }),
  }
}
