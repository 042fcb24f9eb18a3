import assert from 'node:assert/strict'
import type { Access, AccessToken, ResourceRef, User } from '../ports.ts'
import type { ContractTest } from './contract-test.ts'

/** An access, a way to get a first token of it, and two resources that `user` may read and write. */
export interface AccessUnderTest {
  readonly access: Access
  readonly user: User
  readonly resource: ResourceRef
  readonly other: ResourceRef
  readonly first: (user: User, resource: ResourceRef) => Promise<AccessToken> | AccessToken
}

/** What every `Access` must do. */
export function accessContract(test: ContractTest, create: () => Promise<AccessUnderTest> | AccessUnderTest): void {
  const on = (name: string, run: (under: AccessUnderTest) => Promise<void>) =>
    test(name, async () => run(await create()))

  on('a token lets its user at its resource', async ({ access, user, resource, first }) => {
    const { token, expiresAt } = await first(user, resource)
    const grant = await access.authorize(token, resource)
    assert.equal(grant?.user.id, user.id)
    assert.equal(grant?.expiresAt, expiresAt)
    assert.ok(grant.can.has('read') && grant.can.has('write'))
  })

  on('a token is worth nothing for another resource', async ({ access, user, resource, other, first }) => {
    const { token } = await first(user, resource)
    assert.equal(await access.authorize(token, other), undefined)
  })

  on('a token that was altered is worth nothing', async ({ access, user, resource, first }) => {
    const { token } = await first(user, resource)
    const middle = Math.floor(token.length / 2)
    const flipped = token[middle] === 'A' ? 'B' : 'A'
    const altered = [
      token.slice(0, -4),
      `${token}x`,
      token.slice(1),
      token.slice(0, middle) + flipped + token.slice(middle + 1),
      '',
      '.',
      'a.b.c',
    ]
    for (const one of altered) assert.equal(await access.authorize(one, resource), undefined, one)
  })

  on(
    'a token made from a token is for the same user and ends when it ends',
    async ({ access, user, resource, other, first }) => {
      const { token, expiresAt } = await first(user, resource)
      const grant = await access.authorize(token, resource)
      assert.ok(grant)
      const child = await access.issue(grant, other)
      assert.equal(child.expiresAt, expiresAt)
      const childGrant = await access.authorize(child.token, other)
      assert.equal(childGrant?.user.id, user.id)
      assert.equal(childGrant?.expiresAt, expiresAt)
      assert.equal(await access.authorize(child.token, resource), undefined)
    },
  )

  on('a token made from a token allows no more than it did', async ({ access, user, resource, other, first }) => {
    const { token } = await first(user, resource)
    const grant = await access.authorize(token, resource)
    assert.ok(grant)
    const child = await access.issue({ ...grant, can: new Set(['read']) }, other)
    assert.deepEqual([...((await access.authorize(child.token, other))?.can ?? [])], ['read'])
  })

  on('a token is short and needs no escaping in an address', async ({ user, resource, first }) => {
    const { token } = await first(user, resource)
    assert.ok(token.length < 1024)
    assert.match(token, /^[A-Za-z0-9._~-]+$/)
  })
}
