import assert from 'node:assert/strict'
import type { On } from './index.ts'
import { infoOf, userOf, type World } from './world.ts'

const share = (world: World, path: string, token: string, urlType?: string) =>
  world.raw(`${path}?access_token=${token}`, {
    method: 'POST',
    headers: { 'X-WOPI-Override': 'GET_SHARE_URL', ...(urlType !== undefined && { 'X-WOPI-UrlType': urlType }) },
  })
const urlOf = async (answer: Response) => ((await answer.json()) as { ShareUrl: string }).ShareUrl

export function sharingSuite(on: On): void {
  on('GetShareUrl gives a link to a file, one for reading and another for writing', async (world) => {
    const file = await world.make('a.txt', 'x')
    assert.deepEqual((await infoOf(world, file))['SupportedShareUrlTypes'], ['ReadOnly', 'ReadWrite'])
    const urls: string[] = []
    for (const type of ['ReadOnly', 'ReadWrite']) {
      const answer = await share(world, `/files/${file.id}`, world.token(file), type)
      assert.equal(answer.status, 200)
      urls.push(await urlOf(answer))
      const found = await world.shares.find(urls.at(-1) ?? '')
      assert.deepEqual([found?.resource, found?.type, found?.by.id], [{ on: 'file', id: file.id }, type, 'idAnn'])
    }
    assert.equal(new Set(urls).size, 2)
    for (const url of urls) assert.ok(URL.canParse(url) && !url.includes('access_token'))
  })

  on('GetShareUrl gives a link to a container', async (world) => {
    const { token } = world.access.mint({
      user: userOf('Ann'),
      resource: { on: 'container', id: 'root' },
      expiresAt: world.clock.now + 60_000,
    })
    const url = await urlOf(await share(world, '/containers/root', token, 'ReadOnly'))
    assert.deepEqual((await world.shares.find(url))?.resource, { on: 'container', id: 'root' })
    const info = (await (await world.raw(`/containers/root?access_token=${token}`)).json()) as Record<string, unknown>
    assert.deepEqual(info['SupportedShareUrlTypes'], ['ReadOnly', 'ReadWrite'])
  })

  on('a kind of link that is missing or not known is answered with 501', async (world) => {
    const file = await world.make('a.txt', 'x')
    for (const type of [undefined, '', 'readonly', 'Everyone', 'ReadOnly, ReadWrite', '__proto__'])
      assert.equal((await share(world, `/files/${file.id}`, world.token(file), type)).status, 501, String(type))
  })

  on('whoever may only read can let others read, and no more', async (world) => {
    const file = await world.make('a.txt', 'x')
    const token = world.token(file, { can: ['read'] })
    assert.deepEqual((await infoOf(world, file, token))['SupportedShareUrlTypes'], ['ReadOnly'])
    assert.equal((await share(world, `/files/${file.id}`, token, 'ReadOnly')).status, 200)
    assert.equal((await share(world, `/files/${file.id}`, token, 'ReadWrite')).status, 501)
  })

  on('an anonymous user makes no link, whatever they may do', async (world) => {
    const file = await world.make('a.txt', 'x')
    const { token } = world.access.mint({
      user: { id: 'guest1', name: 'Guest', isAnonymous: true },
      resource: { on: 'file', id: file.id },
      expiresAt: world.clock.now + 60_000,
    })
    assert.deepEqual((await infoOf(world, file, token))['SupportedShareUrlTypes'] ?? [], [])
    for (const type of ['ReadOnly', 'ReadWrite'])
      assert.equal((await share(world, `/files/${file.id}`, token, type)).status, 501)
    const headers = { 'X-WOPI-RestrictedLink': 'FORMS' }
    for (const override of ['GET_RESTRICTED_LINK', 'REVOKE_RESTRICTED_LINK'])
      assert.equal((await world.send(file, { override, headers, token })).status, 501)
    assert.deepEqual(await world.shares.list({ on: 'file', id: file.id }), [])
  })

  on(
    'a host without links gives none and promises none',
    async (world) => {
      const file = await world.make('a.txt', 'x')
      assert.ok(!('SupportedShareUrlTypes' in (await infoOf(world, file))))
      assert.equal((await share(world, `/files/${file.id}`, world.token(file), 'ReadOnly')).status, 501)
    },
    { shares: undefined } as object,
  )

  on('a restricted link is given in a header, stays the same, and is gone once revoked', async (world) => {
    const file = await world.make('a.txt', 'x')
    assert.equal((await infoOf(world, file))['SupportsScenarioLinks'], true)
    const headers = { 'X-WOPI-RestrictedLink': 'FORMS' }
    const link = async () => {
      const answer = await world.send(file, { override: 'GET_RESTRICTED_LINK', headers })
      assert.equal(answer.status, 200)
      assert.equal(await answer.text(), '')
      return answer.headers.get('X-WOPI-RestrictedUseLink') ?? ''
    }
    const url = await link()
    assert.equal(await link(), url)
    assert.equal((await world.restrictedLinks.find(url))?.fileId, file.id)
    assert.equal((await world.send(file, { override: 'REVOKE_RESTRICTED_LINK', headers })).status, 200)
    assert.equal(await world.restrictedLinks.find(url), undefined)
    assert.notEqual(await link(), url)
  })

  on('a restricted link of no known kind, or for one who may only read, is refused', async (world) => {
    const file = await world.make('a.txt', 'x')
    for (const override of ['GET_RESTRICTED_LINK', 'REVOKE_RESTRICTED_LINK']) {
      for (const kind of ['', 'forms', 'OTHER']) {
        const headers: Record<string, string> = kind ? { 'X-WOPI-RestrictedLink': kind } : {}
        assert.equal((await world.send(file, { override, headers })).status, 501)
      }
      const token = world.token(file, { can: ['read'] })
      const headers = { 'X-WOPI-RestrictedLink': 'FORMS' }
      assert.equal((await world.send(file, { override, headers, token })).status, 404)
    }
  })
}
