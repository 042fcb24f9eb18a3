import type { LinkRights } from './link-rights.ts'

/** More links than this are not remembered: the one that nobody has used for longest is forgotten first. */
const mostLinks = 10_000

/** How long what a link allowed counts when nobody can be asked, in milliseconds. */
const freshFor = 10 * 60_000

/**
 * The same rights, and what they were lately where they cannot be asked for: with the database away, all that a guest can
 * still do is have a save put aside.
 */
export function rememberedRights(rights: LinkRights, now: () => number): LinkRights {
  const known = new Map<string, { readonly allowed: Awaited<ReturnType<LinkRights>>; readonly at: number }>()
  return async (id, resource) => {
    const key = `${id} ${resource.on} ${resource.id}`
    try {
      const allowed = await rights(id, resource)
      known.delete(key)
      known.set(key, { allowed, at: now() })
      const [oldest] = known.keys()
      if (known.size > mostLinks && oldest !== undefined) known.delete(oldest)
      return allowed
    } catch (error) {
      const before = known.get(key)
      if (!before || now() - before.at > freshFor) throw error
      return before.allowed
    }
  }
}
