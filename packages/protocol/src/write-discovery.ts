import type { Action, App, Discovery, NetZone } from './discovery.ts'
import { type KeyPair, pairsOf, publicKeyBlob } from './public-key.ts'
import { openTag } from './xml.ts'

/** A discovery document. Text that XML cannot hold, and a key that is none, throw a `SyntaxError`. */
export function writeDiscovery({ zones, proofKeys }: Discovery): string {
  const lines = [...zones.flatMap(zoneLines), ...(proofKeys ? pairsOf(proofKeys).map(proofKeyLine) : [])]
  return ['<?xml version="1.0" encoding="utf-8"?>', '<wopi-discovery>', ...lines, '</wopi-discovery>', ''].join('\n')
}

const zoneLines = ({ name, apps }: NetZone): string[] => [
  `  ${openTag('net-zone', { name })}>`,
  ...apps.flatMap(appLines),
  '  </net-zone>',
]

const appLines = ({ name, favIconUrl, actions }: App): string[] => [
  `    ${openTag('app', { name, favIconUrl })}>`,
  ...actions.map((action) => `      ${openTag('action', attributesOf(action))}/>`),
  '    </app>',
]

const attributesOf = (action: Action): Record<string, string | undefined> => ({
  name: action.name,
  ext: action.ext,
  progid: action.progid,
  requires: action.requires.length > 0 ? action.requires.join(',') : undefined,
  default: action.default ? 'true' : undefined,
  targetext: action.targetext,
  newext: action.newext,
  newprogid: action.newprogid,
  useParent: action.useParent ? 'true' : undefined,
  urlsrc: action.urlsrc,
})

/** Strict hosts want all six attributes, so a client that has never rotated its keys names the one it has twice. */
function proofKeyLine({ current, old = current }: KeyPair): string {
  const attributes = {
    value: publicKeyBlob(current),
    modulus: current.modulus,
    exponent: current.exponent,
    oldvalue: publicKeyBlob(old),
    oldmodulus: old.modulus,
    oldexponent: old.exponent,
  }
  return `  ${openTag('proof-key', attributes)}/>`
}
