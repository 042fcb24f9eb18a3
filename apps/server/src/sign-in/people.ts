import { isForOthers } from '../addresses.ts'
import type { Config } from '../config.ts'
import type { Users } from '../users.ts'
import { type KnownPeople, knownPeople } from './known-people.ts'
import type { Person } from './person.ts'

/** Who may use this server. */
export interface People {
  /** The one who can sign in under this name, letter by letter. */
  named(name: string): Promise<Person | undefined>
  /** The owner who was added first; where there is none, whoever was. `undefined`: nobody can sign in. */
  first(): Promise<Person | undefined>
  /** Whether whoever reaches this server may use it without signing in. */
  isOpen(): Promise<boolean>
  /** Whether the one with this id may still use it. */
  includes(userId: string): Promise<boolean>
  /** Changes when someone is given another password. `undefined`: nobody has this name. */
  passwordMarkOf(name: string): Promise<string | undefined>
}

/**
 * The people who may sign in, looked up again whenever they have changed: someone who is taken off is out at once. All are
 * known here, as each call asks for one of them, also while the database is away.
 * A server that is meant for this machine only is open as long as there are none.
 */
export function people(users: Users, server: Pick<Config, 'host' | 'publicUrl'>): People {
  let known: Known | undefined
  let turn: Promise<unknown> = Promise.resolve()

  async function everyone(): Promise<KnownPeople> {
    const mark = await users.mark()
    if (known?.mark === mark) return known.people
    const learnt = turn.then(() => learn(mark))
    turn = learnt.catch(() => undefined)
    return learnt
  }

  async function learn(mark: string): Promise<KnownPeople> {
    if (known?.mark === mark) return known.people
    const changes = known && (await users.changedSince(known.mark))
    if (known && changes) known.people.change(changes)
    known = { mark, people: known && changes ? known.people : knownPeople(await users.all()) }
    return known.people
  }

  const isOpenWith = (everyone: KnownPeople) => everyone.isEmpty() && !isForOthers(server)

  return {
    named: async (name) => (await everyone()).named(name)?.person,
    first: async () => (await everyone()).first(),
    isOpen: async () => isOpenWith(await everyone()),
    passwordMarkOf: async (name) => (await everyone()).named(name)?.passwordMark,
    async includes(userId) {
      const all = await everyone()
      return all.includes(userId) || isOpenWith(all)
    },
  }
}

interface Known {
  readonly mark: string
  readonly people: KnownPeople
}
