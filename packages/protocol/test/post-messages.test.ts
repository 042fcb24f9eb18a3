import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type EditorMessage,
  editorMessages,
  type HostMessage,
  hostMessages,
  longestMessage,
  type MessageRow,
  parseMessage,
  type ValueKind,
  writeMessage,
} from '../src/index.ts'

const entries: (readonly [string, MessageRow])[] = [...Object.entries(hostMessages), ...Object.entries(editorMessages)]
const say = (message: object) => parseMessage(JSON.stringify(message))

const key = fc.stringMatching(/^[a-z]{1,8}$/).filter((name) => name !== 'constructor' && name !== 'prototype')
const kinds: Record<ValueKind, fc.Arbitrary<unknown>> = {
  text: fc.string(),
  number: fc.integer(),
  bool: fc.boolean(),
  list: fc.array(fc.string()),
  object: fc.dictionary(key, fc.string(), { noNullPrototype: true }),
}
const valuesOf = ({ values }: MessageRow): fc.Arbitrary<unknown> => {
  if (values === 'list') return fc.array(kinds.object)
  const shape = Object.entries(values)
  return fc.record(Object.fromEntries(shape.map(([name, kind]) => [name, kinds[kind.replace('?', '') as ValueKind]])), {
    requiredKeys: shape.filter(([, kind]) => !kind.endsWith('?')).map(([name]) => name),
  })
}

describe('the tables of messages', () => {
  test('name each message once, whoever sends it', () => {
    const names = entries.map(([name]) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  test.each(entries)('%s says in one sentence what it is, and who knows it', (_, row) => {
    expect(row.says).toMatch(/^[A-Z`].*[a-zA-Z0-9`)]\.$/)
    expect(row.editors.length).toBeGreaterThan(0)
    if (row.sameAs) expect(editorMessages).toHaveProperty(row.sameAs)
  })
})

describe('a message', () => {
  test('is understood as it was meant', () => {
    const any = fc
      .constantFrom(...entries)
      .chain(([MessageId, row]) => valuesOf(row).map((Values) => ({ MessageId, Values })))
    fc.assert(
      fc.property(any, (message) => {
        expect(parseMessage(writeMessage(message as HostMessage | EditorMessage, 1))).toEqual(message)
      }),
    )
  })

  test('is JSON with the time it was sent at', () => {
    expect(JSON.parse(writeMessage({ MessageId: 'Grab_Focus', Values: {} }, 1234))).toEqual({
      MessageId: 'Grab_Focus',
      SendTime: 1234,
      Values: {},
    })
  })

  test('is told from others by its name, and then has its own values', () => {
    const message = say({
      MessageId: 'File_Rename',
      SendTime: 1,
      Values: { NewName: 'b', wdUserSession: 's', 'ui-language': '1033' },
    })
    if (message?.MessageId !== 'File_Rename') throw new Error('it is another')
    const name: string = message.Values.NewName
    expect(name).toBe('b')
    expect(message).toEqual({ MessageId: 'File_Rename', Values: { NewName: 'b' } })
  })

  test('need not have values where it needs none', () => {
    expect(say({ MessageId: 'UI_Close' })).toEqual({ MessageId: 'UI_Close', Values: {} })
    expect(say({ MessageId: 'UI_Close', Values: null })).toEqual({ MessageId: 'UI_Close', Values: {} })
  })

  test('loses a value of the wrong kind that it can do without, and counts for nothing without one it needs', () => {
    expect(say({ MessageId: 'App_LoadingStatus', Values: { Status: 7, DocumentLoadedTime: 5 } })).toEqual({
      MessageId: 'App_LoadingStatus',
      Values: { DocumentLoadedTime: 5 },
    })
    expect(say({ MessageId: 'File_Rename', Values: { NewName: 7 } })).toBeUndefined()
    expect(say({ MessageId: 'File_Rename', Values: {} })).toBeUndefined()
    expect(say({ MessageId: 'File_Rename', Values: ['NewName'] })).toBeUndefined()
    expect(say({ MessageId: 'Views_List', Values: {} })).toBeUndefined()
  })

  test('can be a list of objects, as Collabora sends who has the document open', () => {
    expect(say({ MessageId: 'Views_List', Values: [{ ViewId: 1 }, 'junk', { ViewId: 2 }] })).toEqual({
      MessageId: 'Views_List',
      Values: [{ ViewId: 1 }, { ViewId: 2 }],
    })
  })

  test('that nobody knows keeps its name and values, and is not taken for a known one', () => {
    expect(say({ MessageId: 'UI_Levitate', Values: { height: 2 } })).toEqual({
      MessageId: undefined,
      unknownId: 'UI_Levitate',
      Values: { height: 2 },
    })
    expect(say({ MessageId: 'toString' })).toMatchObject({ MessageId: undefined, unknownId: 'toString' })
  })

  test('that repeats another under an old name counts for nothing', () => {
    expect(say({ MessageId: 'close', Values: { Deprecated: true } })).toBeUndefined()
    expect(say({ MessageId: 'rev-history', Values: {} })).toBeDefined()
  })

  test.each([
    ['an object', { MessageId: 'UI_Close', Values: {} }],
    ['nothing', undefined],
    ['null', null],
    ['a number', 1],
    ['text that is not JSON', 'UI_Close'],
    ['a JSON text', '"UI_Close"'],
    ['a JSON list', '[{"MessageId":"UI_Close"}]'],
    ['JSON null', 'null'],
    ['an object without a name', '{"Values":{}}'],
    ['an object whose name is no text', '{"MessageId":{},"Values":{}}'],
    ['a key that changes prototypes', '{"MessageId":"UI_Close","Values":{"__proto__":{"a":1}}}'],
    ['such a key deep inside', '{"MessageId":"x","Values":{"a":[{"constructor":{"prototype":1}}]}}'],
    ['more than a mebibyte', `{"MessageId":"UI_Close","Values":{"a":"${'x'.repeat(longestMessage)}"}}`],
    ['lists nested without end', `{"MessageId":"x","Values":${'['.repeat(500_000)}`],
    ['lists nested far too deep', `{"MessageId":"x","Values":${'['.repeat(400_000)}${']'.repeat(400_000)}}`],
  ])('is not %s', (_, data) => {
    expect(parseMessage(data)).toBeUndefined()
  })

  test('is never more than undefined, whatever arrives', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.anything()), (data) => {
        expect(() => parseMessage(data)).not.toThrow()
      }),
    )
  })
})
