import assert from 'node:assert/strict'
import type { User } from '../ports.ts'
import type { SecureStore, StoredCredentials } from '../secure-store.ts'
import type { ContractTest } from './contract-test.ts'

/** A store in which nothing is kept, and the way in which something gets there. */
export interface SecureStoreUnderTest {
  readonly store: SecureStore
  put(applicationId: string, user: User, credentials: StoredCredentials): Promise<void> | void
}

const ann = { id: 'ann', name: 'Ann' }
const bob = { id: 'bob', name: 'Bob' }

/** What every `SecureStore` must do. */
export function secureStoreContract(
  test: ContractTest,
  create: () => Promise<SecureStoreUnderTest> | SecureStoreUnderTest,
): void {
  const on = (name: string, run: (under: SecureStoreUnderTest) => Promise<void>) =>
    test(name, async () => run(await create()))

  on('what is kept comes back to its user and its application alone', async ({ store, put }) => {
    await put('app', ann, { userName: 'sa', password: 'pä:ss' })
    const found = await store.read('app', ann)
    assert.deepEqual([found?.userName, found?.password], ['sa', 'pä:ss'])
    assert.equal(await store.read('app', bob), undefined)
    assert.equal(await store.read('App', ann), undefined)
    assert.equal(await store.read('', ann), undefined)
  })

  on('what is kept anew takes the place of what was kept', async ({ store, put }) => {
    await put('app', ann, { userName: 'sa', password: 'one' })
    await put('app', ann, { userName: 'sa', password: 'two', isGroup: true })
    const found = await store.read('app', ann)
    assert.deepEqual([found?.password, found?.isGroup], ['two', true])
  })
}
