import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyOperationFails, failures, fileProperties, match, operationEntries, roots } from '../src/index.ts'

describe('the operation table', () => {
  test.each(operationEntries)('%s is what its own method, path and headers ask for', (name, operation) => {
    const headers = new Headers()
    if (operation.override) headers.set('X-WOPI-Override', operation.override)
    if (operation.sentWith) headers.set(operation.sentWith, 'x')
    const path = roots[operation.on].replace(':id', 'a%20b') + (operation.path ?? '')
    const id = roots[operation.on].includes(':id') ? 'a b' : ''
    expect(match(operation.method, path, headers)).toEqual({ on: operation.on, id, operation: name })
  })

  test.each(operationEntries)('%s names failures and a promise that exist, and its specification', (_, operation) => {
    for (const code of operation.fails) expect(failures).toHaveProperty(code)
    for (const code of operation.fails) expect(anyOperationFails).not.toContain(code)
    if (operation.promisedBy) expect(fileProperties).toHaveProperty(operation.promisedBy)
    expect(operation.spec).toMatch(/^https:\/\//)
  })
})

describe('match', () => {
  const post = (path: string, headers: Record<string, string> = {}) => match('POST', path, new Headers(headers))

  test('an override is read in any case', () => {
    expect(post('/files/1', { 'X-WOPI-Override': 'refresh_lock' })?.operation).toBe('refreshLock')
  })

  test('LOCK with an empty X-WOPI-OldLock is Lock', () => {
    const headers = { 'X-WOPI-Override': 'LOCK', 'X-WOPI-OldLock': '' }
    expect(post('/files/1', headers)?.operation).toBe('lock')
    expect(post('/files/1', { ...headers, 'X-WOPI-OldLock': 'a' })?.operation).toBe('unlockAndRelock')
  })

  test.each([
    ['POST', '/files/1', undefined],
    ['POST', '/files/1', 'NO_SUCH_THING'],
    ['POST', '/files/1', 'PUT'],
    ['POST', '/files/1/contents', 'LOCK'],
    ['POST', '/files/1/elsewhere', 'LOCK'],
    ['DELETE', '/files/1', undefined],
    ['PUT', '/files/1/contents', 'PUT'],
    ['HEAD', '/files/1', undefined],
  ])('%s %s with the override %s is about the file, but no operation', (method, path, override) => {
    const headers = new Headers(override === undefined ? {} : { 'X-WOPI-Override': override })
    expect(match(method, path, headers)).toEqual({ on: 'file', id: '1', operation: undefined })
  })

  test.each(['/', '', '/files', '/files/', '/files/1/contents/more', '/nothing/1', '/files/%zz', 'files/1'])(
    'nothing lives at %j',
    (path) => {
      expect(match('GET', path, new Headers())).toBeUndefined()
    },
  )

  test.each(['/ecosystem/', '/containers/1/', '/folders/1/children/'])(
    'a slash at the end of %s is nothing',
    (path) => {
      expect(match('GET', path, new Headers())).toEqual(match('GET', path.slice(0, -1), new Headers()))
    },
  )

  test('an id comes out as it went in, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
        expect(match('GET', `/files/${encodeURIComponent(id)}`, new Headers())?.id).toBe(id)
      }),
    )
  })
})
