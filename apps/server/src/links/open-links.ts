import type { Activities, RestrictedLinks, Shares } from '@openwopi/host'
import { keyFor } from '../access/secrets.ts'
import type { Addresses } from '../addresses.ts'
import type { Config } from '../config.ts'
import type { Files } from '../stored/open-files.ts'

/** What people let others in by, and what is told of their documents. What the server does without is absent. */
export interface Links {
  readonly shares?: Shares
  readonly restrictedLinks?: RestrictedLinks
  readonly activities?: Activities
}

/** What links are made from. */
export interface LinkParts {
  readonly config: Config
  readonly addresses: Addresses
  readonly folder: Pick<Files, 'shares' | 'restrictedLinks' | 'activities'>
  readonly key: Uint8Array
}

/** Where the pages of links lie. */
export const [sharePath, restrictedPath] = ['/s', '/r']

/** Opens what the configuration asks for. */
export function openLinks({ config, addresses, folder, key }: LinkParts): Links {
  const without = new Set(config.without)
  const { restrictedLinks: kinds = [], shareLifetime: lifetime } = config
  const made = { key: keyFor('links', key) }
  return {
    ...(!without.has('shares') && {
      shares: folder.shares({
        ...made,
        base: `${addresses.public}${sharePath}/`,
        ...(lifetime !== undefined && { lifetime }),
      }),
    }),
    ...(kinds.length > 0 &&
      !without.has('restricted-links') && {
        restrictedLinks: folder.restrictedLinks({ ...made, base: `${addresses.public}${restrictedPath}/`, kinds }),
      }),
    ...(!without.has('activities') && { activities: folder.activities }),
  }
}
