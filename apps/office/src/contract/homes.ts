import assert from 'node:assert/strict'
import { type Claim, type Homes, leaseFor } from '../editing/homes.ts'

/** Some nodes and the clock by which their leases run. */
export interface HomesUnderTest {
  /** A node that has just started, with a lease of the usual length. */
  node(): Promise<Homes>
  /** Lets the time go by, in milliseconds. */
  skip(milliseconds: number): void
}

/** Declares a test; `vitest`'s and `node:test`'s own do. */
type ContractTest = (name: string, run: () => Promise<void>) => unknown

const wopiSrc = 'https://host.example.org/wopi/files/a'

async function claimOf(homes: Homes, document = wopiSrc): Promise<Claim> {
  const claimed = await homes.claim(document)
  assert.ok('claim' in claimed, 'the document can be claimed')
  return claimed.claim
}

async function homeSeenBy(homes: Homes, document = wopiSrc): Promise<string | undefined> {
  const claimed = await homes.claim(document)
  return 'home' in claimed ? claimed.home.node : undefined
}

/** What every `Homes` of several nodes must do. `create` returns nodes on which nothing lives. */
export function homesContract(test: ContractTest, create: () => Promise<HomesUnderTest>): void {
  test('a document lives on the node that claims it first, and the others find it there', async () => {
    const { node } = await create()
    const [one, other] = [await node(), await node()]
    assert.equal(await other.find(wopiSrc), undefined)
    await claimOf(one)
    assert.equal(await homeSeenBy(other), one.node)
    assert.equal((await other.find(wopiSrc))?.node, one.node)
    assert.equal(await one.find(wopiSrc), undefined)
    await claimOf(other, `${wopiSrc}b`)
  })

  test('of many nodes that claim a document at once, one has it', async () => {
    const { node } = await create()
    const nodes = await Promise.all(Array.from({ length: 6 }, () => node()))
    const claimed = await Promise.all(nodes.map((one) => one.claim(wopiSrc)))
    assert.equal(claimed.filter((one) => 'claim' in one).length, 1)
  })

  test('a node that goes on renewing its lease keeps its documents', async () => {
    const { node, skip } = await create()
    const [one, other] = [await node(), await node()]
    const claim = await claimOf(one)
    for (let count = 0; count < 4; count++) {
      skip(leaseFor / 2)
      assert.equal((await one.renew()).has(claim), true)
    }
    assert.equal(await homeSeenBy(other), one.node)
    assert.equal((await one.renew()).isAlive(other.node), false)
  })

  test('a document whose node has not renewed its lease is taken over, and that node finds out', async () => {
    const { node, skip } = await create()
    const [one, other] = [await node(), await node()]
    const before = await claimOf(one)
    skip(leaseFor - 1)
    assert.equal(await homeSeenBy(other), one.node)
    skip(2)
    await other.renew()
    assert.equal(await other.find(wopiSrc), undefined)
    const after = await claimOf(other)
    assert.ok(after.epoch > before.epoch)
    const standing = await one.renew()
    assert.equal(standing.has(before), false)
    assert.equal(standing.isAlive(other.node), true)
    assert.equal(await homeSeenBy(one), other.node)
  })

  test('a lease that ran out takes nothing from a node while nobody else wants it', async () => {
    const { node, skip } = await create()
    const one = await node()
    const claim = await claimOf(one)
    skip(10 * leaseFor)
    assert.equal((await one.renew()).has(claim), true)
  })

  test('a document that is released is free at once, and only whoever has it releases it', async () => {
    const { node, skip } = await create()
    const [one, other] = [await node(), await node()]
    const first = await claimOf(one)
    await one.release(first)
    const second = await claimOf(other)
    await one.release(first)
    assert.equal(await homeSeenBy(one), other.node)
    await other.release(second)
    skip(1)
    assert.ok((await claimOf(one)).epoch > second.epoch)
  })

  test('a claim that is renewed by its own node is another one', async () => {
    const { node } = await create()
    const one = await node()
    const first = await claimOf(one)
    const second = await claimOf(one)
    assert.ok(second.epoch > first.epoch)
    const standing = await one.renew()
    assert.deepEqual([standing.has(first), standing.has(second)], [false, true])
    await one.release(first)
    assert.equal((await one.renew()).has(second), true)
  })

  test('a node that leaves leaves everything', async () => {
    const { node } = await create()
    const [one, other] = [await node(), await node()]
    await claimOf(one)
    await one.leave()
    await claimOf(other)
    assert.equal((await other.renew()).isAlive(one.node), false)
  })
}
