import assert from 'node:assert/strict'
import type { Lock, Locks } from '../ports.ts'
import type { ContractTest } from './contract-test.ts'

const ann = { id: 'ann', name: 'Ann' }
const A: Lock = { id: 'A', expiresAt: 1, version: '1', by: ann }
const B: Lock = { id: 'B', expiresAt: 2, version: '1', by: ann }

/** What every `Locks` must do. `create` returns one in which `file` and `other` have never been locked. */
export function locksContract(test: ContractTest, create: () => Promise<Locks> | Locks): void {
  const on = (name: string, run: (locks: Locks) => Promise<void>) => test(name, async () => run(await create()))

  on('a slot starts empty', async (locks) => {
    assert.equal(await locks.read('file'), undefined)
  })

  on('swap changes the slot when it holds what was expected', async (locks) => {
    assert.equal(await locks.swap('file', undefined, A), true)
    assert.deepEqual(await locks.read('file'), A)
    assert.equal(await locks.swap('file', A, B), true)
    assert.deepEqual(await locks.read('file'), B)
    assert.equal(await locks.swap('file', B, undefined), true)
    assert.equal(await locks.read('file'), undefined)
  })

  on('swap compares all that a slot says of several clients', async (locks) => {
    const one = { id: 'x', type: 'Coauth', metadata: 'm', by: ann, lockedAt: 1, expiresAt: 2 } as const
    const slot: Lock = { ...A, id: '', coauth: [one] }
    assert.equal(await locks.swap('file', undefined, slot), true)
    for (const other of [
      { ...one, metadata: 'n' },
      { ...one, type: 'CoauthExclusive' as const },
      { ...one, lockedAt: 2 },
      { ...one, id: 'y' },
    ])
      assert.equal(await locks.swap('file', { ...slot, coauth: [other] }, A), false)
    assert.equal(await locks.swap('file', { ...slot, coauth: [one, one] }, A), false)
    assert.deepEqual(await locks.read('file'), slot)
    assert.equal(await locks.swap('file', { ...slot, coauth: [{ ...one }] }, A), true)
  })

  on('swap changes nothing when the slot holds something else', async (locks) => {
    await locks.swap('file', undefined, A)
    assert.equal(await locks.swap('file', B, undefined), false)
    assert.equal(await locks.swap('file', undefined, B), false)
    assert.equal(await locks.swap('file', { ...A, expiresAt: 9 }, B), false)
    assert.equal(await locks.swap('file', { ...A, releasedAt: 5 }, B), false)
    await locks.swap('file', A, { ...A, id: '', cells: 'x' })
    assert.equal(await locks.swap('file', { ...A, id: '', cells: 'y' }, B), false)
    assert.deepEqual(await locks.read('file'), { ...A, id: '', cells: 'x' })
  })

  on('locks are compared by value, whatever the order of their members', async (locks) => {
    await locks.swap('file', undefined, A)
    const same: Lock = { by: { name: 'Ann', id: 'ann' }, version: '1', expiresAt: 1, id: 'A' }
    assert.equal(await locks.swap('file', same, B), true)
  })

  on('every member of a lock is kept', async (locks) => {
    const whole: Lock = {
      ...A,
      releasedAt: 7,
      conflictCopyId: 'copy',
      cells: '{"kind":"exclusive"}',
      by: { id: 'u', name: 'Zoë "Z" 中', isAnonymous: true },
    }
    await locks.swap('file', undefined, whole)
    assert.deepEqual(await locks.read('file'), whole)
  })

  on('a lock id of 1,024 characters is kept byte for byte', async (locks) => {
    const long: Lock = { ...A, id: `{"S":"${'x'.repeat(1016)}"}` }
    await locks.swap('file', undefined, long)
    assert.deepEqual(await locks.read('file'), long)
  })

  on('slots do not touch each other', async (locks) => {
    await locks.swap('file', undefined, A)
    assert.equal(await locks.read('other'), undefined)
    assert.equal(await locks.swap('other', undefined, B), true)
    assert.deepEqual(await locks.read('file'), A)
  })

  on('of many swaps from the same state exactly one succeeds', async (locks) => {
    const swaps = Array.from({ length: 50 }, (_, i) => locks.swap('file', undefined, { ...A, id: String(i) }))
    const won = (await Promise.all(swaps)).flatMap((ok, i) => (ok ? [String(i)] : []))
    assert.equal(won.length, 1)
    assert.equal((await locks.read('file'))?.id, won[0])
  })
}
