import { type MarkedUser, nameKey, type UserChanges } from '../users.ts'
import { type Person, personId } from './person.ts'

/** Someone who can sign in, and what tells one password of theirs from the next. */
export interface KnownPerson {
  readonly person: Person
  readonly passwordMark: string
}

/** Everyone who can sign in, found by name or id however many they are. */
export interface KnownPeople {
  /** Letter by letter. */
  named(name: string): KnownPerson | undefined
  includes(userId: string): boolean
  /** The owner who was added first; where there is none, whoever was. */
  first(): Person | undefined
  isEmpty(): boolean
  change(changes: UserChanges): void
}

/** The people whom `users` makes, in the order in which they were added. */
export function knownPeople(users: readonly MarkedUser[]): KnownPeople {
  const byKey = new Map<string, KnownPerson>()
  const ids = new Set<string>()

  function put(key: string, { name, isOwner, passwordMark }: MarkedUser): void {
    const person = { id: personId(name), name, isOwner }
    byKey.set(key, { person, passwordMark })
    ids.add(person.id)
  }

  function drop(key: string): void {
    const gone = byKey.get(key)
    if (!gone) return
    byKey.delete(key)
    ids.delete(gone.person.id)
  }

  for (const user of users) put(nameKey(user.name), user)

  return {
    named(name) {
      const found = byKey.get(nameKey(name))
      return found?.person.name === name ? found : undefined
    },
    includes: (userId) => ids.has(userId),
    first() {
      for (const { person } of byKey.values()) if (person.isOwner) return person
      return byKey.values().next().value?.person
    },
    isEmpty: () => byKey.size === 0,
    change(changes) {
      for (const [key, user] of changes) {
        drop(key)
        if (user) put(key, user)
      }
    },
  }
}
