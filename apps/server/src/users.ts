import { createHash, randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { hashPassword, isPassword } from './password-hash.ts'

/** Someone who may sign in. */
export interface KnownUser {
  readonly name: string
  /** May break locks of others. */
  readonly isOwner: boolean
}

const storedUsers = z.array(z.object({ name: z.string(), isOwner: z.boolean(), hash: z.string() }))
type StoredUser = z.infer<typeof storedUsers>[number]

/** A user, and what tells one password of theirs from the next. It tells nothing of the password itself. */
export interface MarkedUser extends KnownUser {
  readonly passwordMark: string
}

/** Whom someone adds. */
export interface NewUser {
  readonly name: string
  readonly password: string
  /** Absent: only if nobody else is there yet. */
  readonly isOwner?: boolean
}

/** Who may sign in, wherever that is kept. */
export interface Users {
  /** In the order in which they were added. */
  all(): Promise<readonly MarkedUser[]>
  /** The user of this name, however it is spelt. */
  find(name: string): Promise<MarkedUser | undefined>
  /** The user of this name and password. Takes the same time whether or not the name is known. */
  verify(name: string, password: string): Promise<KnownUser | undefined>
  /** Adds a user, the first one as owner. `undefined`: the name is taken. */
  add(user: NewUser): Promise<KnownUser | undefined>
  /** Takes a user away. `undefined`: there is none of this name. */
  remove(name: string): Promise<KnownUser | undefined>
  /** What changes when any of them does, for those who ask often. */
  mark(): Promise<string>
  /** What has become of whom since a mark. `undefined`: nobody can say any more, so all have to be looked at. */
  changedSince(mark: string): Promise<UserChanges | undefined>
}

/** Users who were added or taken away, by the keys of their names. `undefined`: nobody has that name now. */
export type UserChanges = ReadonlyMap<string, MarkedUser | undefined>

/** The users in the users file of a data folder. */
export const fileUsers = (dataFolder: string): Users => ({
  all: () => readUsers(dataFolder),
  find: async (name) => (await readUsers(dataFolder)).find((user) => isSameName(user.name, name)),
  verify: (name, password) => verifyPassword(dataFolder, name, password),
  add: (user) => addUser(dataFolder, user),
  remove: (name) => removeUser(dataFolder, name),
  async mark() {
    // Asked for with every WOPI call: the synchronous call costs a few microseconds, the other ten times that.
    const found = statSync(fileOf(dataFolder), { throwIfNoEntry: false })
    return found ? `${found.ino} ${found.mtimeMs} ${found.size}` : ''
  },
  changedSince: async () => undefined,
})

/** Everyone who may sign in, in the order in which they were added. */
export async function readUsers(dataFolder: string): Promise<readonly MarkedUser[]> {
  return (await load(dataFolder)).map(({ name, isOwner, hash }) => ({ name, isOwner, passwordMark: markOf(hash) }))
}

/** Tells one stored password from the next. The hash has a salt of its own, so it is another one even for the same password. */
export const markOf = (hash: string) => createHash('sha256').update(hash).digest('base64url').slice(0, 16)

/** The user of this name and password. Takes the same time whether or not the name is known. */
export async function verifyPassword(
  dataFolder: string,
  name: string,
  password: string,
): Promise<KnownUser | undefined> {
  const user = (await load(dataFolder)).find((each) => isSameName(each.name, name))
  const isRight = await isPassword(password, user?.hash)
  return user && isRight ? { name: user.name, isOwner: user.isOwner } : undefined
}

/** Adds a user, the first one as owner. `undefined`: the name is taken. */
export async function addUser(dataFolder: string, user: NewUser): Promise<KnownUser | undefined> {
  const users = await load(dataFolder)
  const name = user.name.normalize('NFC')
  if (users.some((each) => isSameName(each.name, name))) return undefined
  const isOwner = user.isOwner === true || users.length === 0
  await save(dataFolder, [...users, { name, isOwner, hash: await hashPassword(user.password) }])
  return { name, isOwner }
}

/** Takes a user away. `undefined`: there is none of this name. */
export async function removeUser(dataFolder: string, name: string): Promise<KnownUser | undefined> {
  const users = await load(dataFolder)
  const gone = users.find((each) => isSameName(each.name, name))
  if (!gone) return undefined
  await save(
    dataFolder,
    users.filter((each) => each !== gone),
  )
  return { name: gone.name, isOwner: gone.isOwner }
}

/** Whether somebody can be called this. */
export const isUserName = (name: string): boolean =>
  /^[^\p{Cc}\p{Cs}\u2028\u2029]{1,64}$/u.test(name) && name.trim() === name

/** What all spellings of a name have in common: case and the way accents are composed do not tell people apart. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase()

/** Whether two spellings name one user. */
export const isSameName = (a: string, b: string): boolean => nameKey(a) === nameKey(b)

const fileOf = (dataFolder: string) => join(dataFolder, 'users.json')

async function load(dataFolder: string): Promise<readonly StoredUser[]> {
  const text = await readFile(fileOf(dataFolder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]'
    throw error
  })
  const result = storedUsers.safeParse(asJson(text))
  // Taking a damaged file for an empty one would make everyone the local user.
  if (!result.success)
    throw new Error(`${fileOf(dataFolder)} is damaged. Restore it, or delete it and add the users again.`)
  return result.data
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The file holds either what it held before or all of `users`, whatever happens. */
async function save(dataFolder: string, users: readonly StoredUser[]): Promise<void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const path = fileOf(dataFolder)
  const temporary = `${path}.${randomUUID()}`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(`${JSON.stringify(users, undefined, 2)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await syncFolder(dataFolder)
  } finally {
    await rm(temporary, { force: true })
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path)
  await folder.sync().finally(() => folder.close())
}
