import type { Grant } from '@openwopi/host'
import { looking } from './permissions.ts'
import type { Linked } from './signed-links.ts'
import type { Tokens } from './tokens.ts'

/** What the name of a bearer begins with who has come by a link of someone else. No id of a user does. */
const byLink = 'link:'

/** Whom signed links are made for: someone who signs in, or whoever has followed a link. */
export const bearerOf = ({ user, share }: Pick<Grant, 'user' | 'share'>): string =>
  share === undefined ? user.id : `${byLink}${share}`

/** Milliseconds, for a call that follows at once. */
const oneCall = 60_000

/** What is needed to find out what a bearer may do. */
interface Asked {
  readonly tokens: Tokens
  readonly now: () => number
}

/** A token with which the bearer of a good link reads its file now, if they still may. */
export function readingToken({ tokens, now }: Asked, { id, bearer }: Linked): string {
  const share = bearer.startsWith(byLink) ? bearer.slice(byLink.length) : undefined
  const { token } = tokens.access.mint({
    user: { id: share === undefined ? bearer : 'guest', name: '' },
    resource: { on: 'file', id },
    expiresAt: now() + oneCall,
    can: looking,
    ...(share !== undefined && { share }),
  })
  return token
}

/** Whether the bearer of a good link may read its file now: what somebody may do is not what they once might. */
export async function mayRead(asked: Asked, linked: Linked): Promise<boolean> {
  const grant = await asked.tokens.access.authorize(readingToken(asked, linked), { on: 'file', id: linked.id })
  return grant?.can.has('read') === true
}
