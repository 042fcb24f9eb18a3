import { editorMessages } from '@openwopi/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type EditorState, readMessage, stateAfter } from '../src/index.ts'

const order: readonly EditorState[] = ['created', 'ready', 'loaded', 'closed']

const anyMessage = fc
  .record({
    MessageId: fc.oneof(fc.constantFrom(...Object.keys(editorMessages)), fc.string()),
    Values: fc.oneof(
      fc.constant({ Status: 'Document_Loaded' }),
      fc.constant({ Status: 'Frame_Ready' }),
      fc.constant({ NewName: 'x' }),
      fc.object(),
    ),
  })
  .map((message) => readMessage(JSON.stringify(message)))
  .filter((message) => message !== undefined)

test('whatever an editor says, its state only goes forward, and it is not closed unless it says so', () => {
  fc.assert(
    fc.property(fc.array(anyMessage), (messages) => {
      let state: EditorState = 'created'
      for (const message of messages) {
        const next = stateAfter(state, message)
        expect(order.indexOf(next)).toBeGreaterThanOrEqual(order.indexOf(state))
        if (next === 'closed' && state !== 'closed') expect(['UI_Close', 'Session_Closed']).toContain(message.MessageId)
        state = next
      }
    }),
  )
})

test('what only a host page says is not taken from an editor', () => {
  expect(readMessage('{"MessageId":"Close_Session","Values":{}}')).toBeUndefined()
})
