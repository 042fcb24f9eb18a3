import { expect, test } from 'vitest'
import { dumpMessage, writeResponse } from '../../src/index.ts'
import * as vectors from '../vectors.ts'

const dumpOf = (vector: string) => dumpMessage(Uint8Array.from(Buffer.from(vector, 'base64')))

test('What a word processor asked for is shown as a tree', () => {
  expect(dumpOf(vectors.wordUpdate)).toBe(`version 12
request
  user agent
    user agent client: client "msword", platform "wac"
    user agent version: version 262215701
  sub request: id 2, type 2 (query changes), priority 0
    target partition: partition bbd4e3c0-21b4-463d-9279-9c5a9406aa8f (word update)
    query changes: flags reserved + include filtered out in knowledge
    filter: type 1 (all), operation 0 (exclude)
    filter: type 2 (element type), operation 0 (exclude)
      element type filter: type 10 (blob)
    filter: type 7 (hierarchy), operation 1 (include)
      hierarchy filter: depth 3, key 84defab9-aaa3-4a0d-a3a8-520c77ac7073:1/e36dea00-6890-468e-a66d-c3cdb79e6393:1
    filter: type 7 (hierarchy), operation 1 (include)
      hierarchy filter: depth 2, key 4d9eb530-4da4-4f43-b859-b31cc0700665:1
    knowledge
  element package: reserved 0`)
})

test('The nodes of a file are shown in the data of its objects', () => {
  expect(dumpOf(vectors.fileChanges)).toContain(`
        object data: references [11111111-2222-3333-4444-555555555555:1002], cells [], data 32 bytes: fc 00 08 23 21 f2 d1 e0 c7 d7 0a 81 17 ff 8e 99 …
          leaf node
            signature: signature 16 bytes: f2 d1 e0 c7 d7 0a 81 17 ff 8e 99 27 75 0d 54 73
            data size: size 20
        object data: references [], cells [], data 20 bytes: 48 65 6c 6c 6f 2c 20 63 65 6c 6c 20 73 74 6f 72 …
`)
})

test('What went wrong is shown by its name, and what there is none of as null', () => {
  const fault = { kind: 'cell', code: 12, text: 'somebody was faster' } as const
  const bytes = writeResponse({ version: 13, subResponses: [{ id: 4n, number: 5, outcome: fault }] })
  expect(dumpMessage(bytes)).toBe(`version 13
response: status none
  sub response: id 4, type 5 (put changes), status failed
    error: guid 5a66a756-87ce-4290-a38b-c61c5ba05a67
      cell error: code 12 (Coherency failure)
      error text: text "somebody was faster"`)
  expect(dumpOf(vectors.putChanges)).toContain('expected null, flags favor coherency failure')
})
