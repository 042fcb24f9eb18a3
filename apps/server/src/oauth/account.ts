import type { Account } from '@openwopi/host'
import type { JWTPayload } from 'jose'
import type { People } from '../sign-in/people.ts'
import { personId } from '../sign-in/person.ts'
import { isUserName } from '../users.ts'

/**
 * The one whom a claim of a token names, letter by letter: an authorization server may tell users apart whom this server
 * would take for one. `undefined`: nobody who may use this server.
 */
export async function accountOf(claims: JWTPayload, claim: string, people: People): Promise<Account | undefined> {
  const value = claims[claim]
  if (typeof value !== 'string') return undefined
  const name = value.normalize('NFC')
  const known = await people.named(name)
  if (known) return { user: { id: known.id, name: known.name }, signInName: known.name }
  // Where nobody has to sign in, whoever the authorization server knows is welcome under their name.
  if (!isUserName(name) || !(await people.isOpen())) return undefined
  return { user: { id: personId(name), name }, signInName: name }
}
