import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** What makes a guess expensive: 32 MiB of memory and about a tenth of a second. */
const cost = { N: 2 ** 15, r: 8, p: 3 }
const keyLength = 32

/** `scrypt:N:r:p:salt:key`, so that stored passwords stay valid when the cost is raised. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join(':')
}

/** Whether `password` is the one that was hashed. Without a hash it takes as long, and says no. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const { salt, key, ...parameters } = hash === undefined ? nobody : read(hash)
  const given = await derive(password, salt, parameters)
  return timingSafeEqual(given, key) && hash !== undefined
}

const nobody = { ...cost, salt: Buffer.alloc(16), key: Buffer.alloc(keyLength) }

function read(hash: string) {
  const [kind, N, r, p, salt = '', key = ''] = hash.split(':')
  if (kind !== 'scrypt') throw new Error('A stored password was made by another program.')
  const stored = { salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') }
  if (stored.key.length !== keyLength) throw new Error('A stored password is damaged.')
  return { N: Number(N), r: Number(r), p: Number(p), ...stored }
}

function derive(password: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
  // The same password typed on two keyboards may be composed differently.
  const text = password.normalize('NFKC')
  const maxmem = 256 * N * r
  return new Promise((resolve, reject) =>
    scrypt(text, salt, keyLength, { N, r, p, maxmem }, (error, key) => (error ? reject(error) : resolve(key))),
  )
}
