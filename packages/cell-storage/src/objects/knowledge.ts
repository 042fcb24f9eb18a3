import type { ExtendedGuid } from '../bytes/extended-guid.ts'
import type { Stretch } from '../bytes/fragment-field.ts'
import type { SerialNumber } from '../bytes/serial-number.ts'
import { findObject, type ObjectNamed, objectsNamed, type StreamObject, streamObject } from './stream-object.ts'

/** Serial numbers that are known, the first and the last included. */
export interface SerialRange {
  readonly guid: string
  readonly from: bigint
  readonly to: bigint
}

/** What a client has of a partition. */
export interface Knowledge {
  readonly ranges: readonly SerialRange[]
  readonly serials: readonly SerialNumber[]
  readonly waterlines: readonly { readonly storage: ExtendedGuid; readonly waterline: bigint }[]
  /** What it has of large elements. `size`: of the whole element, in bytes. */
  readonly fragments: readonly { readonly element: ExtendedGuid; readonly size: number; readonly stretch: Stretch }[]
  readonly contentTags: readonly { readonly heap: ExtendedGuid; readonly clock: Uint8Array }[]
  /** Opaque to everybody but who made it. */
  readonly versionToken?: Uint8Array
}

/** The knowledge of a client that has nothing. */
export const noKnowledge: Knowledge = { ranges: [], serials: [], waterlines: [], fragments: [], contentTags: [] }

/** The kinds of specialized knowledge, by their GUIDs. */
export const knowledgeKinds = {
  cell: '327a35f6-0761-4414-9686-51e900667a4d',
  waterline: '3a76e90e-8032-4d0c-b9dd-f3c65029433e',
  fragment: '0abe4f35-01df-4134-a24a-7c79f0859844',
  contentTag: '10091f13-c882-40fb-9886-6533f934c21d',
  versionToken: 'bf12e2c1-e64f-4959-8282-73b9a24a7c44',
} as const

/** The knowledge that an object is. */
export function readKnowledge({ children }: ObjectNamed<'knowledge'>): Knowledge {
  const inside = objectsNamed(children, 'specializedKnowledge').flatMap((specialized) => specialized.children)
  const cell = objectsNamed(inside, 'cellKnowledge').flatMap((found) => found.children)
  const waterline = objectsNamed(inside, 'waterlineKnowledge').flatMap((found) => found.children)
  const fragment = objectsNamed(inside, 'fragmentKnowledge').flatMap((found) => found.children)
  const contentTag = objectsNamed(inside, 'contentTagKnowledge').flatMap((found) => found.children)
  const token = findObject(inside, 'versionToken')?.values.token
  return {
    ranges: objectsNamed(cell, 'serialRange').map(({ values }) => values),
    serials: objectsNamed(cell, 'serialEntry').flatMap(({ values }) => values.serial ?? []),
    waterlines: objectsNamed(waterline, 'waterlineEntry').map(({ values: { storage, waterline } }) => ({
      storage,
      waterline,
    })),
    fragments: objectsNamed(fragment, 'fragmentEntry').map(({ values }) => values),
    contentTags: objectsNamed(contentTag, 'contentTagEntry').map(({ values }) => values),
    ...(token && { versionToken: token }),
  }
}

/** The object that a knowledge is. What is known of cells comes first. */
export function knowledgeObject(knowledge: Knowledge): StreamObject {
  const { ranges, serials, waterlines, fragments, contentTags, versionToken } = knowledge
  const cell = [
    ...ranges.map((range) => streamObject('serialRange', range)),
    ...serials.map((serial) => streamObject('serialEntry', { serial })),
  ]
  const specialized = [
    ...listed('cell', 'cellKnowledge', cell),
    ...listed(
      'waterline',
      'waterlineKnowledge',
      waterlines.map((entry) => streamObject('waterlineEntry', { ...entry, reserved: 0n })),
    ),
    ...listed(
      'fragment',
      'fragmentKnowledge',
      fragments.map((entry) => streamObject('fragmentEntry', entry)),
    ),
    ...listed(
      'contentTag',
      'contentTagKnowledge',
      contentTags.map((entry) => streamObject('contentTagEntry', entry)),
    ),
    ...(versionToken ? [of('versionToken', streamObject('versionToken', { token: versionToken }))] : []),
  ]
  return streamObject('knowledge', {}, specialized)
}

const of = (kind: keyof typeof knowledgeKinds, object: StreamObject) =>
  streamObject('specializedKnowledge', { guid: knowledgeKinds[kind] }, [object])

const listed = (
  kind: keyof typeof knowledgeKinds,
  name: 'cellKnowledge' | 'waterlineKnowledge' | 'fragmentKnowledge' | 'contentTagKnowledge',
  entries: readonly StreamObject[],
) => (entries.length > 0 ? [of(kind, streamObject(name, {}, entries))] : [])
