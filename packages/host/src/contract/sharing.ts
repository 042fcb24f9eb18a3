import assert from 'node:assert/strict'
import type { RestrictedLinks, Shares, WantedShare } from '../sharing.ts'
import type { ContractTest } from './contract-test.ts'

const ann = { id: 'ann', name: 'Ann' }
const bob = { id: 'bob', name: 'Bob' }
const file = { on: 'file', id: '1' } as const
const reading = { resource: file, type: 'ReadOnly', by: ann } as const

/** An instant that the tests of this kit do not live to see. */
const inYears = 32_503_680_000_000

/** The fewest characters that nobody can guess. */
const leastUnguessable = 20

/** The same but for its last character. */
const almost = (url: string) => url.slice(0, -1) + (url.endsWith('a') ? 'b' : 'a')

function assertIsLink(url: string): void {
  assert.ok(URL.canParse(url), `${url} is absolute`)
  assert.ok((url.split('/').at(-1) ?? '').length >= leastUnguessable, `${url} can be guessed`)
}

/** What every `Shares` must do. `create` returns one in which nothing has been shared. */
export function sharesContract(test: ContractTest, create: () => Promise<Shares> | Shares): void {
  const on = (name: string, run: (shares: Shares) => Promise<void>) => test(name, async () => run(await create()))

  on('a link is absolute, cannot be guessed, and stands for what was shared', async (shares) => {
    for (const type of shares.types) {
      const { url, id } = await shares.share({ ...reading, type })
      assertIsLink(url)
      assert.ok(!url.includes(id) || (url.split('/').at(-1) ?? '').length >= id.length + leastUnguessable)
      const found = await shares.find(url)
      assert.deepEqual(await shares.get(id), found)
      assert.deepEqual([found?.resource, found?.type, found?.by.id], [file, type, 'ann'])
    }
  })

  on('the same link is given again to who has made it, and to nobody else', async (shares) => {
    const { url } = await shares.share(reading)
    assert.equal((await shares.share(reading)).url, url)
    const others: WantedShare[] = [
      { ...reading, by: bob },
      { ...reading, expiresAt: inYears },
      { ...reading, resource: { on: 'file', id: '2' } },
      ...shares.kinds.filter((on) => on !== 'file').map((on) => ({ ...reading, resource: { on, id: '1' } })),
      ...shares.types.filter((type) => type !== 'ReadOnly').map((type) => ({ ...reading, type })),
    ]
    for (const other of others) assert.notEqual((await shares.share(other)).url, url)
  })

  on('the links of a resource are listed, and only these', async (shares) => {
    const urls = [await shares.share(reading), await shares.share({ ...reading, by: bob })].map(({ url }) => url)
    await shares.share({ ...reading, resource: { on: 'file', id: '2' } })
    assert.deepEqual((await shares.list(file)).map(({ url }) => url).sort(), urls.sort())
  })

  on('a link that is revoked stands for nothing, and never comes back', async (shares) => {
    const { url } = await shares.share(reading)
    const { id } = (await shares.find(url)) ?? assert.fail()
    await shares.revoke(url)
    await shares.revoke(url)
    assert.deepEqual([await shares.find(url), await shares.get(id)], [undefined, undefined])
    assert.deepEqual(await shares.list(file), [])
    assert.notEqual((await shares.share(reading)).url, url)
  })

  on('a link that is wanted until some time ends no later, and one that has ended is worth nothing', async (shares) => {
    const later = { ...reading, expiresAt: inYears }
    const { url, expiresAt } = await shares.share(later)
    assert.ok((expiresAt ?? Number.POSITIVE_INFINITY) <= inYears)
    assert.equal((await shares.share(later)).url, url)
    const ended = await shares.share({ ...reading, expiresAt: 1 })
    assert.deepEqual([await shares.find(ended.url), await shares.get(ended.id)], [undefined, undefined])
    assert.deepEqual(
      (await shares.list(file)).map((share) => share.url),
      [url],
    )
  })

  on('what was never shared stands for nothing', async (shares) => {
    const { url, id } = await shares.share(reading)
    const wrong = ['', 'x', `${url}x`, url.slice(0, -1), almost(url), url.toUpperCase()]
    for (const other of [...wrong, id, `${url}\0`, `${url}/`, `${url}=`])
      assert.equal(await shares.find(other), undefined)
    for (const other of ['', 'x', url, `${id}x`, '__proto__']) assert.equal(await shares.get(other), undefined)
  })
}

/** What every `RestrictedLinks` must do. `create` returns one in which there is no link. */
export function restrictedLinksContract(
  test: ContractTest,
  create: () => Promise<RestrictedLinks> | RestrictedLinks,
): void {
  const on = (name: string, run: (links: RestrictedLinks, kind: string) => Promise<void>) =>
    test(name, async () => {
      const links = await create()
      const [kind] = links.kinds
      assert.ok(kind !== undefined, 'there is a kind')
      await run(links, kind)
    })

  on('a link is absolute, cannot be guessed, stays the same, and stands for its file', async (links, kind) => {
    const { url, id } = await links.link('1', kind, ann)
    assertIsLink(url)
    assert.deepEqual(await links.get(id), await links.find(url))
    assert.equal((await links.link('1', kind, bob)).url, url)
    for (const other of ['', `${url}x`, almost(url), id]) assert.equal(await links.find(other), undefined)
    assert.notEqual((await links.link('2', kind, ann)).url, url)
    const found = (await links.find(url)) ?? assert.fail()
    assert.deepEqual([found.fileId, found.kind, found.by.id], ['1', kind, 'ann'])
    assert.deepEqual(await links.list('1'), [found])
  })

  on('links that are revoked stand for nothing, never come back, and take no others with them', async (links, kind) => {
    const { url, id } = await links.link('1', kind, ann)
    const other = await links.link('2', kind, ann)
    await links.revoke('1', kind)
    await links.revoke('1', kind)
    assert.deepEqual([await links.find(url), await links.get(id)], [undefined, undefined])
    assert.deepEqual(await links.list('1'), [])
    assert.equal((await links.find(other.url))?.fileId, '2')
    assert.notEqual((await links.link('1', kind, ann)).url, url)
  })
}
