import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  flagsWith,
  idsInKey,
  noKnowledge,
  nullExtendedGuid,
  queryFlags,
  readRequest,
  readResponse,
  writeRequest,
  writeResponse,
} from '../../src/index.ts'
import * as vectors from '../vectors.ts'
import * as arbitrary from './arbitraries.ts'

const bytesOf = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'))
const base64Of = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

describe('A message that others have written', () => {
  const faithful = Object.entries(vectors.requests).filter(
    ([name]) => name !== 'elementTypeFilter' && name !== 'putChanges',
  )

  test.each(faithful)('is the same when it has been read and written: %s', (_, vector) => {
    expect(base64Of(writeRequest(readRequest(bytesOf(vector))))).toBe(vector)
  })

  test.each(Object.entries(vectors.responses))('is the same when it has been read and written: %s', (_, vector) => {
    expect(base64Of(writeResponse(readResponse(bytesOf(vector))))).toBe(vector)
  })

  test('is read as what a word processor asked for', () => {
    const { subRequests, ...about } = readRequest(bytesOf(vectors.wordUpdate))
    expect(about).toEqual({
      version: 12,
      userAgent: { client: 'msword', platform: 'wac', version: 0x0fa11815 },
      elements: [],
    })
    expect(subRequests).toEqual([
      {
        id: 2n,
        priority: 0n,
        partition: 'bbd4e3c0-21b4-463d-9279-9c5a9406aa8f',
        type: 'queryChanges',
        flags: flagsWith(queryFlags, ['reserved', 'includeFilteredOutInKnowledge']),
        filters: [
          { match: { type: 'all' }, includes: false },
          { match: { type: 'elementType', element: 10 }, includes: false },
          { match: { type: 'hierarchy', depth: 3, key: expect.any(Uint8Array) }, includes: true },
          { match: { type: 'hierarchy', depth: 2, key: expect.any(Uint8Array) }, includes: true },
        ],
        knowledge: noKnowledge,
      },
    ])
    const query = subRequests[0]
    const keys = query?.type === 'queryChanges' ? query.filters.map(({ match }) => match) : []
    expect(keys.flatMap((match) => (match.type === 'hierarchy' ? [idsInKey(match.key)] : []))).toEqual([
      ['84defab9-aaa3-4a0d-a3a8-520c77ac7073:1', 'e36dea00-6890-468e-a66d-c3cdb79e6393:1'],
      ['4d9eb530-4da4-4f43-b859-b31cc0700665:1'],
    ])
  })

  test('is read although it says that an object is longer than it is', () => {
    expect(readRequest(bytesOf(vectors.elementTypeFilter)).subRequests).toMatchObject([
      { id: 6n, filters: [{ match: { type: 'elementType', element: 5 }, includes: false }] },
    ])
  })

  test.each(['elementTypeFilter', 'putChanges'] as const)(
    'says the same with the lengths that are true: %s',
    (name) => {
      const request = readRequest(bytesOf(vectors.requests[name]))
      expect(readRequest(writeRequest(request))).toEqual(request)
    },
  )

  test('is read with all elements of a new file', () => {
    const { subRequests, elements } = readRequest(bytesOf(vectors.putChanges))
    expect(subRequests).toMatchObject([
      {
        type: 'putChanges',
        expected: nullExtendedGuid,
        authors: ['str1', 'str2'],
        reserved: 0,
        contentVersion: new Uint8Array(1),
      },
    ])
    expect(elements?.map(({ body }) => body.type).sort()).toEqual([
      'cellManifest',
      'objectGroup',
      'objectGroup',
      'revisionManifest',
      'storageIndex',
      'storageManifest',
    ])
    const contents = elements?.flatMap(({ body }) => (body.type === 'objectGroup' ? body.objects : []))
    expect(
      contents?.map(({ content }) => (content.kind === 'bytes' ? Buffer.from(content.bytes).toString() : '')),
    ).toContain('Hello, cell storage!')
  })

  test('is read with what its sender has then', () => {
    expect(readResponse(bytesOf(vectors.fileChanges))).toMatchObject({
      version: 12,
      subResponses: [
        {
          id: 1n,
          number: 2,
          outcome: {
            type: 'queryChanges',
            flags: { partial: false },
            knowledge: {
              ranges: [{ guid: '11111111-2222-3333-4444-555555555555', from: 1n, to: 902n }],
              waterlines: [{ waterline: 902n }],
            },
          },
        },
      ],
    })
  })
})

describe('A message', () => {
  test('of any request comes back as it was', () => {
    fc.assert(
      fc.property(arbitrary.requests, (request) => {
        expect(readRequest(writeRequest(request))).toEqual(request)
      }),
    )
  })

  test('of any response comes back as it was', () => {
    fc.assert(
      fc.property(arbitrary.responses, (response) => {
        expect(readResponse(writeResponse(response))).toEqual(response)
      }),
    )
  })
})
