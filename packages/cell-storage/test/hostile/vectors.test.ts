import { describe, expect, test } from 'vitest'
import {
  createCellStorage,
  memoryCellFile,
  memoryCellLocks,
  memoryCellStore,
  memoryEditorsTables,
  partitions,
} from '../../src/index.ts'
import { bare } from '../envelope/bodies.ts'
import { changedAt } from '../objects/mutations.ts'
import * as vectors from '../vectors.ts'

const before = 'as before'
const place = { file: '42', partition: partitions.content }

/** A server with one file, and what is kept of it. */
function server() {
  const errors: unknown[] = []
  const caller = { login: 'ann', name: 'Ann', isAnonymous: false, canWrite: true }
  const file = memoryCellFile({ by: caller, now: () => 0, bytes: Buffer.from(before) })
  const store = memoryCellStore()
  const storage = createCellStorage({
    ...{ store, locks: memoryCellLocks(), editors: memoryEditorsTables(), now: () => 0 },
    onError: (error) => errors.push(error),
  })
  return {
    errors,
    async send(body: Uint8Array) {
      const answer = await storage.answer({ body, caller, ...file, file: '42' })
      const text = [...answer.body].join('')
      return { ...answer, body: text, code: /<SubResponse [^>]*ErrorCode="(\w+)"/.exec(text)?.[1] }
    },
    text: () => Buffer.from(file.bytes() ?? []).toString(),
    stored: () => store.read(place),
  }
}

const cell = (bytes: Uint8Array) =>
  Buffer.from(
    bare(
      `<SubRequest Type="Cell" SubRequestToken="1"><SubRequestData BinaryDataSize="1">${Buffer.from(bytes).toString('base64')}</SubRequestData></SubRequest>`,
    ),
  )

const messages = Object.entries(vectors.requests).map(
  ([name, vector]) => [name, Uint8Array.from(Buffer.from(vector, 'base64'))] as const,
)

/** Sends a message that is broken somehow. What is wrong with how it is answered: where it is refused, nothing may change. */
async function sendBroken(target: ReturnType<typeof server>, message: Uint8Array) {
  const version = (await target.stored())?.version
  const { status, code } = await target.send(cell(message))
  const isDone = code === 'Success'
  const isChanged = target.text() !== before
  const isRight =
    status === 200 && (isDone || code === 'CellRequestFail') && target.errors.length === 0 && (isDone || !isChanged)
  const isKept = isDone || version === undefined || (await target.stored())?.version === version
  return { isDone, isChanged, isRight: isRight && isKept }
}

describe('A message that reaches the server', () => {
  test.each(messages)('broken off anywhere is refused, and changes nothing: %s', async (_, message) => {
    const target = server()
    await target.send(cell(Uint8Array.from(Buffer.from(vectors.queryChanges, 'base64'))))
    const wrong: number[] = []
    for (let length = 1; length < message.length; length++) {
      const { isDone, isRight } = await sendBroken(target, message.subarray(0, length))
      if (isDone || !isRight) wrong.push(length)
    }
    expect(wrong).toEqual([])
  })

  test.each(messages)(
    'with any bit turned is answered, and changes nothing where it is refused: %s',
    { timeout: 120_000 },
    async (_, message) => {
      let target = server()
      const wrong: number[] = []
      for (let bit = 0; bit < 8 * message.length; bit++) {
        const { isChanged, isRight } = await sendBroken(target, changedAt(message, bit))
        if (!isRight) wrong.push(bit)
        if (isChanged) target = server()
      }
      expect(wrong).toEqual([])
    },
  )
})

describe('A body that reaches the server', () => {
  const body = cell(Uint8Array.from(Buffer.from(vectors.queryAccess, 'base64')))

  test('broken off anywhere is refused with a sentence', async () => {
    const target = server()
    for (let length = 0; length < body.length; length++) {
      const answer = await target.send(body.subarray(0, length))
      expect(answer.status, `${length} bytes`).toBe(500)
      expect(answer.body, `${length} bytes`).toContain('<faultstring>')
    }
  })

  test('with any bit turned is answered, or refused', async () => {
    const target = server()
    const wrong: number[] = []
    for (let bit = 0; bit < 8 * body.length; bit++) {
      const { status } = await target.send(changedAt(body, bit))
      if (status !== 200 && status !== 500) wrong.push(bit)
    }
    expect(wrong).toEqual([])
    expect(target.errors).toEqual([])
    expect(target.text()).toBe(before)
  })

  test('without any one of its attributes is answered, or refused', async () => {
    const target = server()
    const text = body.toString()
    for (const [attribute] of text.matchAll(/ \w+="[^"]*"/g)) {
      const answer = await target.send(Buffer.from(text.replace(attribute, '')))
      const isNeeded = /CorrelationId/.test(attribute)
      expect(answer.status, attribute).toBe(isNeeded ? 500 : 200)
    }
    expect(target.errors).toEqual([])
  })

  test('with sub-requests that nobody knows, or none, says so for each of them', async () => {
    const target = server()
    const types = ['Unheard', 'cell', '', 'constructor', '__proto__', 'Cell ', 'x'.repeat(1000)]
    const inside = types.map((type, index) => `<SubRequest Type="${type}" SubRequestToken="${index}"/>`).join('')
    const { status, body: answer } = await target.send(Buffer.from(bare(inside)))
    expect(status).toBe(200)
    expect(answer.match(/ErrorCode="InvalidSubRequest"/g)).toHaveLength(types.length)
    expect((await target.send(Buffer.from(bare('')))).status).toBe(200)
    expect(target.errors).toEqual([])
  })
})
