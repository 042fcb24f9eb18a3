import { describe, expect, test } from 'vitest'
import {
  readGetChunkedFileRequest,
  readGetChunkedFileResponse,
  readGetChunksRequest,
  readGetChunksResponse,
  readPutChunkedFileRequest,
} from '../src/transfer/index.ts'

const ChunkId = 'GQn1a/wGJyPHUei0Ze5yiw=='
const filter = { StreamId: 'MainContent', ChunkingScheme: 'Zip', ChunksToReturn: 'All', AlreadyKnownChunks: [ChunkId] }
const property = { Name: 'name', Value: 'value', Retention: 'KeepOnContentChange' }
const signature = { StreamId: 'MainContent', ChunkingScheme: 'Zip', ChunkSignatures: [{ ChunkId, Length: 3 }] }
const get = { ContentPropertiesToReturn: ['name'], ContentFilters: [filter] }
const got = { ContentProperties: [property], Signatures: [signature] }
const put = { ...got, UploadSessionTokenToCommit: 'token' }
const rangeFilter = {
  StreamId: 'MainContent',
  ChunkingScheme: 'FullFile',
  ChunkRangesToReturn: [{ ChunkId, Offset: 0, Length: -1 }],
}
const ranges = { ContentFilters: [rangeFilter] }
const collection = { ChunkRangeCollection: [{ StreamId: 'MainContent', ChunkIds: [ChunkId] }] }

const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))
const streams = (count: number) => times(count, (index) => ({ ...signature, StreamId: `stream ${index}` }))
const properties = (count: number) => times(count, (index) => ({ ...property, Name: `property ${index}` }))

describe('A message', () => {
  test.each([
    ['GetChunkedFile', readGetChunkedFileRequest, get],
    ['the answer to GetChunkedFile', readGetChunkedFileResponse, got],
    ['PutChunkedFile', readPutChunkedFileRequest, put],
    ['GetChunks', readGetChunksRequest, ranges],
    ['the answer to GetChunks', readGetChunksResponse, collection],
  ])('of %s comes back as it was, without what is not known', (_, read, message) => {
    expect(read(message)).toEqual(message)
    expect(read({ ...message, Unknown: 1 })).toEqual(message)
  })

  test.each([
    ['nothing', readGetChunkedFileRequest, undefined, 'message'],
    ['a list', readPutChunkedFileRequest, [], 'message'],
    ['no filter', readGetChunkedFileRequest, { ...get, ContentFilters: [] }, 'ContentFilters is empty'],
    ['no list of filters', readGetChunkedFileRequest, { ContentPropertiesToReturn: [] }, 'ContentFilters is missing'],
    ['no list of properties', readGetChunkedFileRequest, { ContentFilters: [filter] }, 'ContentPropertiesToReturn'],
    [
      'a property that is no text',
      readGetChunkedFileRequest,
      { ...get, ContentPropertiesToReturn: ['name', 1] },
      'ContentPropertiesToReturn[1] is not text',
    ],
    [
      'two filters for one stream',
      readGetChunkedFileRequest,
      { ...get, ContentFilters: [filter, filter] },
      'ContentFilters[1].StreamId has been there before: MainContent',
    ],
    [
      'an unknown word for the chunks to return',
      readGetChunkedFileRequest,
      { ...get, ContentFilters: [{ ...filter, ChunksToReturn: 'Some' }] },
      'ContentFilters[0].ChunksToReturn is not one of All, None, LastZipChunk',
    ],
    [
      'an unknown chunking scheme',
      readGetChunkedFileRequest,
      { ...get, ContentFilters: [{ ...filter, ChunkingScheme: 'zip' }] },
      'ContentFilters[0].ChunkingScheme is not one of Zip, FullFile',
    ],
    [
      'a stream without a name',
      readGetChunkedFileRequest,
      { ...get, ContentFilters: [{ ...filter, StreamId: '' }] },
      'ContentFilters[0].StreamId is empty',
    ],
    [
      'known chunks that are no list',
      readGetChunkedFileRequest,
      { ...get, ContentFilters: [{ ...filter, AlreadyKnownChunks: ChunkId }] },
      'ContentFilters[0].AlreadyKnownChunks is not a list',
    ],
    ['a filter that is no object', readGetChunksRequest, { ContentFilters: ['MainContent'] }, 'ContentFilters[0]'],
    ['no signatures', readPutChunkedFileRequest, { ContentProperties: [] }, 'Signatures is missing'],
    [
      'a stream that is signed twice',
      readPutChunkedFileRequest,
      { ...put, Signatures: [signature, signature] },
      'Signatures[1].StreamId',
    ],
    ['257 alternate streams', readPutChunkedFileRequest, { ...put, Signatures: streams(258) }, 'more than 257'],
    [
      'an id that is none',
      readPutChunkedFileRequest,
      { ...put, Signatures: [{ ...signature, ChunkSignatures: [{ ChunkId: 'abc', Length: 3 }] }] },
      'Signatures[0].ChunkSignatures[0].ChunkId is not the base64 of 16 bytes',
    ],
    ...[-1, 0.5, 2 ** 53, '3', null].map(
      (Length) =>
        [
          `a length of ${JSON.stringify(Length)}`,
          readPutChunkedFileRequest,
          { ...put, Signatures: [{ ...signature, ChunkSignatures: [{ ChunkId, Length }] }] },
          'Signatures[0].ChunkSignatures[0].Length',
        ] as const,
    ),
    [
      'chunks that are too long together',
      readPutChunkedFileRequest,
      {
        ...put,
        Signatures: [{ ...signature, ChunkSignatures: times(2, () => ({ ChunkId, Length: Number.MAX_SAFE_INTEGER })) }],
      },
      'Signatures[0].ChunkSignatures add up',
    ],
    [
      'two lengths of one chunk',
      readPutChunkedFileRequest,
      {
        ...put,
        Signatures: [signature, { ...signature, StreamId: 'other', ChunkSignatures: [{ ChunkId, Length: 4 }] }],
      },
      `Signatures gives two lengths for chunk ${ChunkId}`,
    ],
    ['257 properties', readPutChunkedFileRequest, { ...put, ContentProperties: properties(257) }, 'more than 256'],
    [
      'a property that is there twice',
      readPutChunkedFileRequest,
      { ...put, ContentProperties: [property, property] },
      'ContentProperties[1].Name',
    ],
    [
      'a name of 257 characters',
      readPutChunkedFileRequest,
      { ...put, ContentProperties: [{ ...property, Name: 'x'.repeat(257) }] },
      'ContentProperties[0].Name is longer than 256',
    ],
    [
      'a value of 1,025 bytes',
      readPutChunkedFileRequest,
      { ...put, ContentProperties: [{ ...property, Value: `${'é'.repeat(512)}x` }] },
      'ContentProperties[0].Value is longer than 1 KiB',
    ],
    [
      'a value that is no text',
      readPutChunkedFileRequest,
      { ...put, ContentProperties: [{ ...property, Value: 1 }] },
      'ContentProperties[0].Value is not text',
    ],
    ...['Forever', '', undefined].map(
      (Retention) =>
        [
          `a retention of ${JSON.stringify(Retention)}`,
          readPutChunkedFileRequest,
          { ...put, ContentProperties: [{ ...property, Retention }] },
          'ContentProperties[0].Retention',
        ] as const,
    ),
    [
      'a token that is no text',
      readPutChunkedFileRequest,
      { ...put, UploadSessionTokenToCommit: 1 },
      'UploadSessionTokenToCommit is not text',
    ],
    [
      'a range that begins before the chunk',
      readGetChunksRequest,
      { ContentFilters: [{ ...rangeFilter, ChunkRangesToReturn: [{ ChunkId, Offset: -1, Length: 1 }] }] },
      'ContentFilters[0].ChunkRangesToReturn[0].Offset is not a whole number of at least 0',
    ],
    [
      'a range of -2 bytes',
      readGetChunksRequest,
      { ContentFilters: [{ ...rangeFilter, ChunkRangesToReturn: [{ ChunkId, Offset: 0, Length: -2 }] }] },
      'ContentFilters[0].ChunkRangesToReturn[0].Length is not a whole number of at least -1',
    ],
    [
      'a member that objects have from elsewhere',
      readGetChunkedFileRequest,
      { ...get, ContentFilters: Object.create({ length: 1 }) },
      'ContentFilters is not a list',
    ],
  ] as const)('is refused, and says what is wrong, with %s', (_, read, message, fault) => {
    expect(() => read(message)).toThrow(SyntaxError)
    expect(() => read(message)).toThrow(fault)
  })

  test('is refused quickly when it has more in it than makes sense', () => {
    let looks = 0
    const many = new Proxy(Array(5_000_000).fill(''), {
      get(all, key) {
        looks++
        return Reflect.get(all, key)
      },
    })
    for (const message of [
      { ...get, ContentPropertiesToReturn: many },
      { ...get, ContentFilters: [{ ...filter, AlreadyKnownChunks: many }] },
      { ...get, ContentFilters: many },
    ]) {
      expect(() => readGetChunkedFileRequest(message)).toThrow(/more than|not an object/)
    }
    expect(looks).toBeLessThan(10_000)
  })

  test('may have as much of everything as is allowed', () => {
    const full = { ContentProperties: properties(256), Signatures: streams(257) }
    expect(readGetChunkedFileResponse(full)).toEqual(full)
    const long = { ...property, Name: 'x'.repeat(256), Value: 'é'.repeat(512) }
    expect(readPutChunkedFileRequest({ ...put, ContentProperties: [long] }).ContentProperties).toEqual([long])
  })

  test('may leave out what has nothing to say, or say null', () => {
    for (const absent of [undefined, null]) {
      const message = { ContentProperties: absent, Signatures: [], UploadSessionTokenToCommit: absent }
      const nothing = { ContentProperties: [], Signatures: [], UploadSessionTokenToCommit: null }
      expect(readPutChunkedFileRequest(message)).toEqual(nothing)
      const filters = [{ ...filter, AlreadyKnownChunks: absent }]
      expect(readGetChunkedFileRequest({ ...get, ContentFilters: filters }).ContentFilters).toEqual([
        { ...filter, AlreadyKnownChunks: [] },
      ])
    }
    expect(readPutChunkedFileRequest({ ...put, UploadSessionTokenToCommit: '' }).UploadSessionTokenToCommit).toBe(null)
  })

  test('may call the retention of a property by its long name', () => {
    const { Retention, ...rest } = property
    const message = { ...put, ContentProperties: [{ ...rest, ContentPropertyRetention: Retention }] }
    expect(readPutChunkedFileRequest(message).ContentProperties).toEqual([property])
  })
})
