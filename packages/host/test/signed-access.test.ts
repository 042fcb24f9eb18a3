import { expect, test } from 'vitest'
import { signedAccess } from '../src/signed-access.ts'

const ann = { id: 'ann', name: 'Ann' }
const file = { on: 'file', id: '1' } as const
const key = (byte: number) => new Uint8Array(32).fill(byte)

function setUp(options: Partial<Parameters<typeof signedAccess>[0]> = {}) {
  const clock = { now: 1000 }
  const access = signedAccess({
    keys: [key(1)],
    permissions: async () => new Set(['read', 'write']),
    now: () => clock.now,
    ...options,
  })
  return { access, clock, token: access.mint({ user: ann, resource: file, expiresAt: 2000 }).token }
}

test('a token ends at the very millisecond it says', async () => {
  const { access, clock, token } = setUp()
  clock.now = 1999
  expect(await access.authorize(token, file)).toBeDefined()
  clock.now = 2000
  expect(await access.authorize(token, file)).toBeUndefined()
})

test('a token that is revoked is worth nothing from then on, even if it was used before', async () => {
  const revoked = new Set<string>()
  const { access } = setUp({ isRevoked: (id) => revoked.has(id) })
  const { id, token } = access.mint({ user: ann, resource: file, expiresAt: 2000 })
  expect(await access.authorize(token, file)).toBeDefined()
  revoked.add(id)
  expect(await access.authorize(token, file)).toBeUndefined()
})

test('what a user may do is asked at every call', async () => {
  let may: ReadonlySet<'read' | 'write'> | undefined = new Set(['read', 'write'])
  const { access, token } = setUp({ permissions: async () => may })
  expect([...((await access.authorize(token, file))?.can ?? [])]).toEqual(['read', 'write'])
  may = new Set(['read'])
  expect([...((await access.authorize(token, file))?.can ?? [])]).toEqual(['read'])
  may = undefined
  expect(await access.authorize(token, file)).toBeUndefined()
})

test('a ceiling holds even when its user may do more', async () => {
  const { access } = setUp()
  const { token } = access.mint({ user: ann, resource: file, expiresAt: 2000, can: new Set(['read', 'delete']) })
  expect([...((await access.authorize(token, file))?.can ?? [])]).toEqual(['read'])
})

test('what a token for a link allows is asked of that link, and so it is for tokens made from it', async () => {
  let works = true
  const other = { on: 'file', id: '2' } as const
  const { access } = setUp({
    permissions: async (_, { id }, share) => (works && share === 'link1' && id === '1' ? new Set(['read']) : undefined),
  })
  const guest = { id: 'guest', name: 'Guest', isAnonymous: true }
  const { token } = access.mint({ user: guest, resource: file, expiresAt: 2000, share: 'link1' })
  const grant = await access.authorize(token, file)
  expect([grant?.share, [...(grant?.can ?? [])]]).toEqual(['link1', ['read']])
  expect(grant && (await access.authorize((await access.issue(grant, other)).token, other))).toBeUndefined()
  expect(grant && (await access.authorize((await access.issue(grant, file)).token, file))?.share).toBe('link1')
  works = false
  expect(await access.authorize(token, file)).toBeUndefined()
  const ofNobody = access.mint({ user: guest, resource: file, expiresAt: 2000 }).token
  works = true
  expect(await access.authorize(ofNobody, file)).toBeUndefined()
})

test('the client a token was made for is known, and passed on to the tokens made from it', async () => {
  const { access } = setUp()
  const grant = await access.authorize(
    access.mint({ user: ann, resource: file, expiresAt: 2000, client: 'cool' }).token,
    file,
  )
  expect(grant?.client).toBe('cool')
  const other = { on: 'file', id: '2' } as const
  expect(grant && (await access.authorize((await access.issue(grant, other)).token, other))?.client).toBe('cool')
})

test('a key can be changed: the new one signs, the old one still verifies until it is dropped', async () => {
  const { token } = setUp()
  expect(await setUp({ keys: [key(2), key(1)] }).access.authorize(token, file)).toBeDefined()
  expect(await setUp({ keys: [key(2)] }).access.authorize(token, file)).toBeUndefined()
})

test('a token stays under a kilobyte whatever its user is called', () => {
  const { access } = setUp()
  const { token } = access.mint({
    user: { id: 'f'.repeat(64), name: '中'.repeat(500) },
    resource: { on: 'file', id: 'i'.repeat(40) },
    expiresAt: 2e12,
    client: 'collabora',
    can: new Set(['read', 'write', 'rename', 'delete', 'create']),
  })
  expect(token.length).toBeLessThan(1024)
})

test('keys that are too short are refused', () => {
  expect(() => setUp({ keys: [] })).toThrow(/32 bytes/)
  expect(() => setUp({ keys: [new Uint8Array(31)] })).toThrow(/32 bytes/)
})
