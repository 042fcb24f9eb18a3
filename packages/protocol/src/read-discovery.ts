import type { Action, App, Discovery } from './discovery.ts'
import { httpUrl } from './http-url.ts'
import { checkPublicKey, type KeyPair, type PublicKey } from './public-key.ts'
import { readXml, type XmlElement } from './read-xml.ts'

type Attributes = XmlElement['attributes']

/** The document while it is being read: the last zone and the last app are the ones that are open. */
interface Draft {
  readonly zones: { name: string; apps: { name: string; favIconUrl?: string; actions: Action[] }[] }[]
  readonly pairs: KeyPair[]
}

/**
 * Understands a discovery document. What it does not know it passes over; anything that is not a discovery document, or
 * that lists no action, throws a `SyntaxError` that says what was found.
 */
export function readDiscovery(xml: string): Discovery {
  const draft: Draft = { zones: [], pairs: [] }
  for (const { path, attributes } of elementsOf(xml)) meanings.get(path)?.(attributes, draft)
  const zones = draft.zones.filter(({ apps }) => apps.length > 0)
  if (!zones.some(({ apps }) => apps.some(({ actions }) => actions.length > 0))) throw notDiscovery('no action in it')
  const [first, ...others] = draft.pairs
  return { zones, ...(first && { proofKeys: { ...first, ...(others.length > 0 && { others }) } }) }
}

function elementsOf(xml: string): readonly XmlElement[] {
  try {
    return readXml(xml, 'wopi-discovery')
  } catch (cause) {
    throw notDiscovery(cause instanceof Error ? cause.message : 'no XML', cause)
  }
}

const notDiscovery = (found: string, cause?: unknown): SyntaxError =>
  new SyntaxError(`not a WOPI discovery document: found ${found}`, { cause })

/** What each element that counts adds to the document, by its place in it. */
const meanings: ReadonlyMap<string, (attributes: Attributes, draft: Draft) => void> = new Map([
  [
    'wopi-discovery/net-zone',
    (attributes, { zones }) => void zones.push({ name: trimmed(attributes['name']) ?? '', apps: [] }),
  ],
  [
    'wopi-discovery/net-zone/app',
    (attributes, { zones }) => void zones.at(-1)?.apps.push({ ...appOf(attributes), actions: [] }),
  ],
  [
    'wopi-discovery/net-zone/app/action',
    (attributes, { zones }) => {
      const action = actionOf(attributes)
      if (action) zones.at(-1)?.apps.at(-1)?.actions.push(action)
    },
  ],
  [
    'wopi-discovery/proof-key',
    (attributes, { pairs }) => {
      const pair = pairOf(attributes)
      if (!pair || pairs.some((known) => isSamePair(known, pair))) return
      if (pairs.push(pair) > mostPairs) throw notDiscovery(`proof keys of more than ${mostPairs} machines`)
    },
  ],
])

function appOf(attributes: Attributes): Omit<App, 'actions'> {
  const favIconUrl = trimmed(attributes['favIconUrl'])
  const name = trimmed(attributes['name']) ?? ''
  return favIconUrl !== undefined && httpUrl(favIconUrl) ? { name, favIconUrl } : { name }
}

/** `undefined`: it has no name, or leads nowhere that a browser may be sent. */
function actionOf(attributes: Attributes): Action | undefined {
  const name = trimmed(attributes['name'])
  const urlsrc = templateOf(attributes['urlsrc'] ?? '')
  if (!name || !httpUrl(urlsrc)) return undefined
  return {
    name,
    ...given('ext', extensionOf(attributes['ext'])),
    ...given('progid', trimmed(attributes['progid'])),
    requires: listOf(attributes['requires']),
    urlsrc,
    default: isTrue(attributes['default']),
    ...given('targetext', extensionOf(attributes['targetext'])),
    ...given('newext', extensionOf(attributes['newext'])),
    ...given('newprogid', trimmed(attributes['newprogid'])),
    useParent: isTrue(attributes['useParent']),
  }
}

const given = <K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string }
const trimmed = (value: string | undefined): string | undefined => value?.trim()
const extensionOf = (value: string | undefined): string | undefined => value?.trim().toLowerCase().replace(/^\./, '')
const isTrue = (value: string | undefined): boolean => /^\s*(true|1)\s*$/i.test(value ?? '')
const listOf = (value = ''): readonly string[] =>
  value
    .toLowerCase()
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

/** Addresses hold no white space, so a line break inside one is layout. ONLYOFFICE escapes some of its addresses twice. */
function templateOf(urlsrc: string): string {
  const template = urlsrc.replace(/\s+/g, '')
  if (!template.includes('&lt;')) return template
  return template.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

// A forged request costs the host a verification or two per pair.
const mostPairs = 16

const isSamePair = (a: KeyPair, b: KeyPair): boolean =>
  a.current.modulus === b.current.modulus && a.old?.modulus === b.old?.modulus

/** A client that has never rotated its keys names the one it has twice, or leaves the old one empty. */
function pairOf(attributes: Attributes): KeyPair | undefined {
  const current = keyOf(attributes['modulus'], attributes['exponent'])
  if (!current) return undefined
  const old = keyOf(attributes['oldmodulus'], attributes['oldexponent'])
  return old && old.modulus !== current.modulus ? { current, old } : { current }
}

/** `undefined`: there is none. One that no honest client publishes throws: passing over it would switch the check off. */
function keyOf(modulus = '', exponent = ''): PublicKey | undefined {
  const key = { modulus: modulus.replace(/\s+/g, ''), exponent: exponent.replace(/\s+/g, '') }
  if (key.modulus === '') return undefined
  checkPublicKey(key)
  return key
}
