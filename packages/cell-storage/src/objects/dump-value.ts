import { nullCellId } from '../bytes/cell-id.ts'
import { nullExtendedGuid } from '../bytes/extended-guid.ts'
import { nullGuid } from '../bytes/guid.ts'
import { cellFaults, protocolFaults, resultFaults } from '../faults/fault-codes.ts'
import { fileSchema, partitions } from '../known-guids.ts'
import { elementTypes } from './element.ts'
import { filterTypes, idsInKey } from './filter.ts'
import { knowledgeKinds } from './knowledge.ts'
import { requestTypes } from './request.ts'

/** How many items of a list, and how many bytes, are shown. */
const most = 16

/** A name of the code in words: `read access` for `readAccess`. */
export const words = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const named = (table: Readonly<Record<string, number | string>>) =>
  new Map(Object.entries(table).map(([name, value]) => [String(value), words(name)]))

const requests = named(requestTypes)

/** What some values mean, by the object and the value's own name. */
const meanings: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  'subRequest.type': requests,
  'subResponse.type': requests,
  'dataElement.type': named(elementTypes),
  'elementTypeFilter.type': named(elementTypes),
  'filter.type': named(filterTypes),
  'filter.operation': new Map([
    ['0', 'exclude'],
    ['1', 'include'],
  ]),
  'cellError.code': named(cellFaults),
  'protocolError.code': named(protocolFaults),
  'resultError.code': named(resultFaults),
  'specializedKnowledge.guid': named(knowledgeKinds),
  'targetPartition.partition': named(partitions),
  'storageManifestSchema.schema': new Map([[fileSchema.schema, 'file']]),
  'storageManifestRoot.root': new Map([[fileSchema.root, 'file']]),
  'storageManifestRoot.cell': new Map([[fileSchema.cell, 'file']]),
  'revisionManifestRoot.root': new Map([[fileSchema.root, 'file']]),
  'cellMapping.cell': new Map([[fileSchema.cell, 'file']]),
}

/** A value on one line. `place`: the name of its object and its own, with a point between. */
export function valueText(place: string, value: unknown): string {
  if (place === 'hierarchyFilter.key' && value instanceof Uint8Array)
    return idsInKey(value)?.join('/') ?? bytesText(value)
  const meaning = meanings[place]?.get(String(value))
  return meaning ? `${plainText(value)} (${meaning})` : plainText(value)
}

function plainText(value: unknown): string {
  if (value instanceof Uint8Array) return bytesText(value)
  if (Array.isArray(value)) return listText(value)
  if (typeof value === 'object' && value !== null) return fieldsText(value)
  if (typeof value === 'string') return textOf(value)
  return value === undefined ? 'none' : String(value)
}

/** GUIDs stand without quotes, and those of zeros as what they mean. */
function textOf(text: string): string {
  if (text === nullGuid || text === nullExtendedGuid || text === nullCellId) return 'null'
  return /^[0-9a-f-]{36}/.test(text) ? text : JSON.stringify(text)
}

function bytesText(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, most), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  const more = bytes.length > most ? ' …' : ''
  return `${bytes.length} ${bytes.length === 1 ? 'byte' : 'bytes'}${bytes.length > 0 ? `: ${shown}${more}` : ''}`
}

function listText(items: readonly unknown[]): string {
  const shown = items.slice(0, most).map(plainText)
  const more = items.length > most ? [`… and ${items.length - most} more`] : []
  return `[${[...shown, ...more].join(', ')}]`
}

/** Flags are shown by the names of those that are set, and serial numbers as in `1b2c…#7`. */
function fieldsText(fields: object): string {
  if ('guid' in fields && 'value' in fields) return `${fields.guid}#${fields.value}`
  const entries = Object.entries(fields)
  if (entries.every(([, value]) => typeof value === 'boolean')) {
    const set = entries.filter(([, value]) => value).map(([name]) => words(name))
    return set.length > 0 ? set.join(' + ') : 'none'
  }
  return `{${entries.map(([name, value]) => `${words(name)} ${plainText(value)}`).join(', ')}}`
}
