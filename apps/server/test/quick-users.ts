import { randomBytes, scryptSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const cost = { N: 2 ** 4, r: 8, p: 1 }

/** A stored password that takes no time to make or to compare, as no server would make it. */
function quickHash(password: string): string {
  const salt = randomBytes(16)
  const key = scryptSync(password.normalize('NFKC'), salt, 32, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join(':')
}

/** Writes the users file of a data folder: passwords by name, the owner's first. */
export async function writeUsers(dataFolder: string, users: Readonly<Record<string, string>>): Promise<void> {
  const stored = Object.entries(users).map(([name, password], at) => ({
    name,
    isOwner: at === 0,
    hash: quickHash(password),
  }))
  if (stored.length > 0) await writeFile(join(dataFolder, 'users.json'), JSON.stringify(stored), { mode: 0o600 })
}
