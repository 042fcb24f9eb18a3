import { describe, expect, test } from 'vitest'
import { decodeFailure, encodeFailure, type FailureCode, failures, operationEntries, WopiError } from '../src/index.ts'

const response = (status: number, headers: Record<string, string> = {}, body: string | null = null) =>
  new Response(body, { status, headers })

const examples = {
  InvalidRequest: { reason: 'no lock' },
  InvalidName: { reason: 'a slash', suggestion: 'ä.docx' },
  InvalidContainerName: { reason: 'a slash' },
  LockMismatch: { lock: '{"S":"1","E":2}', reason: 'held by Anna' },
  NameTaken: { suggestion: 'ä (2).docx' },
  DocumentChanged: { body: { COOLStatusCode: 1010, LOOLStatusCode: 1010 } },
  ServerError: { reason: 'disk full' },
  ServerBusy: { retryAfter: '7' },
  MethodNotAllowed: { allowed: ['GET', 'POST'] },
  SequenceMismatch: { sequenceNumber: 7 },
  RangeNotSatisfiable: { contentRange: 'bytes */7' },
} as const satisfies Partial<Record<FailureCode, object>>

describe('a failure', () => {
  test.each(Object.keys(failures) as FailureCode[])(
    '%s is the same to the client as it was to the host',
    async (code) => {
      const details = code in examples ? examples[code as keyof typeof examples] : {}
      const { status, headers, body } = encodeFailure(new WopiError(code, details as never))
      const received = response(status, headers, typeof body === 'string' ? body : null)
      const error = await decodeFailure([code], received)
      expect(error).toMatchObject({ code, status: failures[code].status, details })
    },
  )

  test('a conflict that says which lock is held is a lock mismatch, whatever else stands in its body', async () => {
    const conflict = response(409, { 'X-WOPI-Lock': 'a' }, '{"message":"conflict"}')
    const error = await decodeFailure(['DocumentChanged', 'LockMismatch'], conflict)
    expect(error).toMatchObject({ code: 'LockMismatch', details: { lock: 'a' } })
  })

  test.each(['{"COOLStatusCode":1010}', '{"LOOLStatusCode":1010}'])(
    '%s says that the document has changed',
    async (body) => {
      const error = await decodeFailure(
        ['DocumentChanged', 'LockMismatch'],
        response(409, { 'X-WOPI-Lock': 'a' }, body),
      )
      expect(WopiError.is(error, 'DocumentChanged')).toBe(true)
    },
  )

  test('a conflict without X-WOPI-Lock says that nobody holds the file: some proxies drop empty headers', async () => {
    const error = await decodeFailure(['LockMismatch'], response(409))
    expect(error).toMatchObject({ code: 'LockMismatch', details: { lock: '' } })
  })

  test('an empty X-WOPI-Lock is the lock of nobody', async () => {
    const error = await decodeFailure(['LockMismatch'], response(409, { 'X-WOPI-Lock': '' }))
    expect(error).toMatchObject({ code: 'LockMismatch', details: { lock: '' } })
  })

  test('a taken name is told from a locked target by the lock', async () => {
    const putRelative = operationEntries.find(([name]) => name === 'putRelativeFile')?.[1].fails ?? []
    const taken = response(409, { 'X-WOPI-ValidRelativeTarget': 'b+AOQ-.docx' })
    expect(await decodeFailure(putRelative, taken)).toMatchObject({
      code: 'NameTaken',
      details: { suggestion: 'bä.docx' },
    })
    const locked = response(409, { 'X-WOPI-Lock': 'x' })
    expect(await decodeFailure(putRelative, locked)).toMatchObject({ code: 'LockMismatch', details: { lock: 'x' } })
  })

  test.each([302, 418, 502])('status %i is a server error that names it', async (status) => {
    const error = await decodeFailure(['NotFound'], response(status, {}, '<html>'))
    expect(error).toMatchObject({ code: 'ServerError', details: { reason: `unexpected status ${status}` } })
  })

  test('what a header cannot carry does not break the answer', () => {
    const { headers } = encodeFailure(new WopiError('ServerError', { reason: 'é\r\nSet-Cookie: x' }))
    expect(headers['X-WOPI-ServerError']).toBe('???Set-Cookie: x')
  })
})
