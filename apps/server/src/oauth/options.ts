import { type Platform, platforms } from '@openwopi/host'
import { providerId, schemeList, secureAddress, word } from '../cli/config-values.ts'
import type { Option } from '../config.ts'

/** An authorization server, and what its tokens must say to let a program in. */
export interface OauthConfig {
  /** Whose tokens let programs in. Absent: there is no bootstrapper. */
  readonly oauthIssuer?: string
  /** Whom a token must be made out to. Absent: the address of the bootstrapper. */
  readonly oauthAudience?: string
  /** The claim that names the user. Absent: `sub`. */
  readonly oauthUserClaim?: string
  /** Where users sign in. Absent: as the authorization server's metadata say. */
  readonly oauthAuthorizationUrl?: string
  /** Where programs get tokens. Absent: as the metadata say. */
  readonly oauthTokenUrl?: string
  /** Where the keys are published that tokens are signed with. Absent: as the metadata say. */
  readonly oauthKeysUrl?: string
  /** The name of this host in Office's list of providers. */
  readonly oauthProviderId?: string
  /** Schemes of addresses that open programs of the provider. */
  readonly oauthUrlSchemes?: Readonly<Partial<Record<Platform, readonly string[]>>>
}

/** The claim that every token has. Which others can be relied on depends on the authorization server. */
export const usualUserClaim = 'sub'

/** The options of the bootstrapper. */
export const oauthOptions = {
  oauthIssuer: {
    name: 'oauth-issuer',
    value: 'URL',
    says: 'The authorization server whose tokens let programs in at /wopibootstrapper.',
    check: secureAddress.exactOptional(),
    otherwise: 'none: there is no bootstrapper',
  },
  oauthAudience: {
    name: 'oauth-audience',
    value: 'NAME',
    says: 'Whom a token must be made out to.',
    check: word.exactOptional(),
    otherwise: 'the address of the bootstrapper',
  },
  oauthUserClaim: {
    name: 'oauth-user-claim',
    value: 'CLAIM',
    says: 'The claim of a token that holds the name of a user (openwopi user list).',
    check: word.exactOptional(),
    default: usualUserClaim,
  },
  oauthAuthorizationUrl: {
    name: 'oauth-authorization-url',
    value: 'URL',
    says: 'Where the authorization server lets users sign in.',
    check: secureAddress.exactOptional(),
    otherwise: 'as its metadata say',
  },
  oauthTokenUrl: {
    name: 'oauth-token-url',
    value: 'URL',
    says: 'Where the authorization server gives out tokens.',
    check: secureAddress.exactOptional(),
    otherwise: 'as its metadata say',
  },
  oauthKeysUrl: {
    name: 'oauth-keys-url',
    value: 'URL',
    says: 'Where the authorization server publishes the keys that it signs tokens with.',
    check: secureAddress.exactOptional(),
    otherwise: 'as its metadata say',
  },
  oauthProviderId: {
    name: 'oauth-provider-id',
    value: 'ID',
    says: 'The name of this host in the list of providers that Office keeps, as tp_contoso.',
    check: providerId.exactOptional(),
    otherwise: 'none',
  },
  oauthUrlSchemes: {
    name: 'oauth-url-scheme',
    value: 'PLATFORM=SCHEME',
    says: `A scheme of addresses that opens a program in which users sign in; platforms: ${platforms.join(', ')}.`,
    check: schemeList.exactOptional(),
    otherwise: 'none',
    isList: true,
  },
} as const satisfies { readonly [K in keyof Required<OauthConfig>]: Option }
