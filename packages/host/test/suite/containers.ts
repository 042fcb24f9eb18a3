import assert from 'node:assert/strict'
import type { Permission } from '@openwopi/protocol'
import { decodeUtf7, encodeUtf7 } from '@openwopi/protocol'
import type { On } from './index.ts'
import { everything, infoOf, userOf, type World } from './world.ts'

type Json = Record<string, unknown>
interface Pointer {
  readonly Name: string
  readonly Url: string
}

const tokenFor = (world: World, id: string, can?: readonly Permission[]) =>
  world.access.mint({
    user: userOf('Ann'),
    resource: { on: 'container', id },
    expiresAt: world.clock.now + 60_000,
    ...(can && { can: new Set(can) }),
  }).token

const get = (world: World, id: string, path = '', headers: Record<string, string> = {}) =>
  world.raw(`/containers/${id}${path}?access_token=${tokenFor(world, id)}`, { headers })
const post = (
  world: World,
  id: string,
  override: string,
  headers: Record<string, string> = {},
  token = tokenFor(world, id),
) =>
  world.raw(`/containers/${id}?access_token=${token}`, {
    method: 'POST',
    headers: { 'X-WOPI-Override': override, ...headers },
  })
/** Follows an address that the host has given. */
const follow = (world: World, url: string, path = '') => {
  const [address = '', query] = url.slice(world.url.length).split('?')
  return world.raw(`${address}${path}?${query}`)
}
const json = async <T = Json>(answer: Response | Promise<Response>): Promise<T> => (await answer).json() as Promise<T>

async function tree(world: World) {
  const outer = await world.containers.create('root', 'outer')
  const inner = outer && (await world.containers.create(outer.id, 'inner'))
  if (!outer || !inner) throw new Error('the names are taken')
  return { outer, inner }
}

export function containersSuite(on: On): void {
  on('CheckContainerInfo tells the name, and what the user may do', async (world) => {
    const { inner } = await tree(world)
    const info = await json(get(world, inner.id))
    assert.deepEqual(
      [
        info['Name'],
        info['UserCanCreateChildFile'],
        info['UserCanCreateChildContainer'],
        info['UserCanDelete'],
        info['UserCanRename'],
      ],
      ['inner', true, true, true, true],
    )
    const root = await json(get(world, 'root'))
    assert.deepEqual(
      [root['Name'], Boolean(root['UserCanDelete']), Boolean(root['UserCanRename'])],
      ['Documents', false, false],
    )
  })

  on('a container token is worth nothing for a file or another container', async (world) => {
    const { outer, inner } = await tree(world)
    const file = await world.make('a.txt', 'x')
    const token = tokenFor(world, outer.id)
    assert.equal((await world.raw(`/containers/${inner.id}?access_token=${token}`)).status, 401)
    assert.equal((await world.raw(`/files/${file.id}?access_token=${token}`)).status, 401)
    assert.equal((await world.raw(`/ecosystem?access_token=${token}`)).status, 401)
    assert.equal((await world.raw(`/containers/${outer.id}?access_token=${world.token(file)}`)).status, 401)
  })

  on('EnumerateChildren lists everything directly in a container, and filters files by extension', async (world) => {
    const { outer } = await tree(world)
    for (const name of ['b.DOCX', 'a.txt', 'none'])
      await world.storage.create(outer.id, [name], (async function* () {})(), { by: userOf('Ann') })
    const all = await json<{ ChildContainers: Pointer[]; ChildFiles: (Pointer & { Size: number; Version: string })[] }>(
      get(world, outer.id, '/children'),
    )
    assert.deepEqual(
      all.ChildContainers.map(({ Name }) => Name),
      ['inner'],
    )
    assert.deepEqual(all.ChildFiles.map(({ Name }) => Name).sort(), ['a.txt', 'b.DOCX', 'none'])
    for (const child of all.ChildFiles) {
      const info = await json(follow(world, child.Url))
      assert.deepEqual([info['BaseFileName'], info['Version'], info['Size']], [child.Name, child.Version, child.Size])
    }
    assert.equal((await json(follow(world, all.ChildContainers[0]?.Url ?? '')))['Name'], 'inner')
    const some = await json<{ ChildContainers: Pointer[]; ChildFiles: Pointer[] }>(
      get(world, outer.id, '/children', { 'X-WOPI-FileExtensionFilterList': '.docx,.xlsx' }),
    )
    assert.deepEqual([some.ChildFiles.map(({ Name }) => Name), some.ChildContainers.length], [['b.DOCX'], 1])
  })

  on('an empty container has two empty lists', async (world) => {
    const { inner } = await tree(world)
    assert.deepEqual(await json(get(world, inner.id, '/children')), { ChildContainers: [], ChildFiles: [] })
  })

  on('EnumerateAncestors goes from the root to the parent, for files and for containers', async (world) => {
    const { outer, inner } = await tree(world)
    const names = async (answer: Promise<Response>) =>
      (await json<{ AncestorsWithRootFirst: Pointer[] }>(answer)).AncestorsWithRootFirst.map(({ Name }) => Name)
    const file = await world.storage.create(inner.id, ['a.txt'], (async function* () {})(), { by: userOf('Ann') })
    assert.ok(file)
    assert.deepEqual(await names(world.raw(`/files/${file.id}/ancestry?access_token=${world.token(file)}`)), [
      'Documents',
      'outer',
      'inner',
    ])
    assert.deepEqual(await names(get(world, inner.id, '/ancestry')), ['Documents', 'outer'])
    assert.deepEqual(await names(get(world, outer.id, '/ancestry')), ['Documents'])
    assert.deepEqual(await names(get(world, 'root', '/ancestry')), [])
  })

  on('CreateChildContainer makes a container by a name that is suggested or specific', async (world) => {
    const make = (headers: Record<string, string>) => post(world, 'root', 'CREATE_CHILD_CONTAINER', headers)
    const answer = await json<{ ContainerPointer: Pointer; ContainerInfo: Json }>(
      make({ 'X-WOPI-SuggestedTarget': encodeUtf7('Zoë 中') }),
    )
    assert.deepEqual([answer.ContainerPointer.Name, answer.ContainerInfo['Name']], ['Zoë 中', 'Zoë 中'])
    assert.equal((await json(follow(world, answer.ContainerPointer.Url)))['Name'], 'Zoë 中')
    const again = await json<{ ContainerPointer: Pointer }>(make({ 'X-WOPI-SuggestedTarget': encodeUtf7('Zoë 中') }))
    assert.notEqual(again.ContainerPointer.Name, 'Zoë 中')
    for (const bad of ['../up', 'con', '..', 'x'.repeat(600)])
      assert.equal((await make({ 'X-WOPI-SuggestedTarget': encodeUtf7(bad) })).status, 200, bad)
    assert.equal((await make({ 'X-WOPI-RelativeTarget': 'exact' })).status, 200)
    assert.equal((await make({ 'X-WOPI-RelativeTarget': 'exact' })).status, 409)
    const invalid = await make({ 'X-WOPI-RelativeTarget': '../up' })
    assert.equal(invalid.status, 400)
    assert.ok(invalid.headers.get('X-WOPI-InvalidContainerNameError'))
    assert.equal((await make({ 'X-WOPI-RelativeTarget': 'a', 'X-WOPI-SuggestedTarget': 'b' })).status, 501)
    assert.equal((await make({})).status, 400)
  })

  on('CreateChildFile makes an empty file that its creator may fill without a lock', async (world) => {
    const make = (headers: Record<string, string>) => post(world, 'root', 'CREATE_CHILD_FILE', headers)
    const { Name, Url } = await json<Pointer>(make({ 'X-WOPI-SuggestedTarget': '.docx' }))
    assert.match(Name, /\.docx$/)
    assert.equal((await json(follow(world, Url)))['Size'], 0)
    const taken = await make({ 'X-WOPI-RelativeTarget': encodeUtf7(Name) })
    assert.equal(taken.status, 409)
    assert.notEqual(decodeUtf7(taken.headers.get('X-WOPI-ValidRelativeTarget') ?? ''), Name)
    const file = await world.make('full.txt', 'text')
    assert.equal(
      (await make({ 'X-WOPI-RelativeTarget': 'full.txt', 'X-WOPI-OverwriteRelativeTarget': 'True' })).status,
      200,
    )
    assert.equal(await world.textOf(file), '')
    const locked = await world.make('locked.txt', 'text')
    await world.send(locked, { override: 'LOCK', headers: { 'X-WOPI-Lock': 'L' } })
    const refused = await make({ 'X-WOPI-RelativeTarget': 'locked.txt', 'X-WOPI-OverwriteRelativeTarget': 'true' })
    assert.deepEqual(
      [refused.status, refused.headers.get('X-WOPI-Lock'), await world.textOf(locked)],
      [409, 'L', 'text'],
    )
    const invalid = await make({ 'X-WOPI-RelativeTarget': 'a/b.txt' })
    assert.deepEqual([invalid.status, Boolean(invalid.headers.get('X-WOPI-InvalidFileNameError'))], [400, true])
    assert.equal((await make({ 'X-WOPI-RelativeTarget': 'a', 'X-WOPI-SuggestedTarget': 'b' })).status, 501)
  })

  on('RenameContainer changes the name and no id', async (world) => {
    const { outer, inner } = await tree(world)
    const rename = (name: string) =>
      post(world, outer.id, 'RENAME_CONTAINER', { 'X-WOPI-RequestedName': encodeUtf7(name) })
    assert.deepEqual(await json(rename('Neuer Name ä')), { Name: 'Neuer Name ä' })
    assert.equal((await world.containers.find(inner.id))?.parentId, outer.id)
    await world.containers.create('root', 'taken')
    assert.equal((await rename('taken')).status, 409)
    const invalid = await rename('../up')
    assert.deepEqual([invalid.status, Boolean(invalid.headers.get('X-WOPI-InvalidContainerNameError'))], [400, true])
    assert.equal((await post(world, outer.id, 'RENAME_CONTAINER')).status, 400)
  })

  on('DeleteContainer deletes what is empty, and never the root', async (world) => {
    const { outer, inner } = await tree(world)
    assert.equal((await post(world, outer.id, 'DELETE_CONTAINER')).status, 409)
    assert.equal((await post(world, inner.id, 'DELETE_CONTAINER')).status, 200)
    assert.equal((await get(world, inner.id)).status, 404)
    assert.equal((await post(world, outer.id, 'DELETE_CONTAINER')).status, 200)
    assert.equal((await post(world, 'root', 'DELETE_CONTAINER')).status, 501)
  })

  on('a user who may only read is told 404 by everything that changes a container', async (world) => {
    const { outer } = await tree(world)
    const token = tokenFor(world, outer.id, ['read'])
    const headers = { 'X-WOPI-SuggestedTarget': 'x', 'X-WOPI-RequestedName': 'y' }
    for (const override of ['CREATE_CHILD_CONTAINER', 'CREATE_CHILD_FILE', 'RENAME_CONTAINER', 'DELETE_CONTAINER']) {
      assert.equal((await post(world, outer.id, override, headers, token)).status, 404, override)
    }
    assert.equal((await world.containers.find(outer.id))?.name, 'outer')
  })

  on('from a file the way leads to the ecosystem and to the root container', async (world) => {
    const file = await world.make('a.txt', 'x')
    assert.equal((await infoOf(world, file))['SupportsEcosystem'], true)
    const ecosystem = await json<{ Url: string }>(
      world.raw(`/files/${file.id}/ecosystem_pointer?access_token=${world.token(file)}`),
    )
    assert.deepEqual(await json(follow(world, ecosystem.Url)), { SupportsContainers: true })
    const root = await json<{ ContainerPointer: Pointer; ContainerInfo: Json }>(
      follow(world, ecosystem.Url, '/root_container_pointer'),
    )
    assert.deepEqual([root.ContainerPointer.Name, root.ContainerInfo['Name']], ['Documents', 'Documents'])
    assert.equal((await json(follow(world, root.ContainerPointer.Url)))['Name'], 'Documents')
    assert.equal((await get(world, 'root', '/ecosystem_pointer')).status, 200)
  })

  on('every token that the host hands on ends when the caller’s ends', async (world) => {
    const { outer } = await tree(world)
    const expiresAt = world.clock.now + 1000
    const token = world.access.mint({
      user: userOf('Ann'),
      resource: { on: 'container', id: outer.id },
      expiresAt,
    }).token
    const { ChildContainers } = await json<{ ChildContainers: Pointer[] }>(
      world.raw(`/containers/${outer.id}/children?access_token=${token}`),
    )
    const { Url } = await json<{ Url: string }>(
      world.raw(`/containers/${outer.id}/ecosystem_pointer?access_token=${token}`),
    )
    world.clock.now = expiresAt
    for (const url of [ChildContainers[0]?.Url ?? '', Url]) assert.equal((await follow(world, url)).status, 401)
  })

  on('a folder of the protocol of 2013 tells of itself and its files', async (world) => {
    const { outer } = await tree(world)
    const file = await world.storage.create(outer.id, ['a.one'], (async function* () {})(), { by: userOf('Ann') })
    const { token } = world.access.mint({
      user: userOf('Ann'),
      resource: { on: 'folder', id: outer.id },
      expiresAt: world.clock.now + 60_000,
    })
    const info = await json(world.raw(`/folders/${outer.id}?access_token=${token}`))
    assert.deepEqual([info['FolderName'], info['OwnerId'], info['UserCanWrite']], ['outer', 'idOwner', true])
    const { Children } = await json<{ Children: (Pointer & { Version: string })[] }>(
      world.raw(`/folders/${outer.id}/children?access_token=${token}`),
    )
    assert.deepEqual(
      Children.map(({ Name, Version }) => [Name, Version]),
      [['a.one', file?.version]],
    )
    assert.equal((await follow(world, Children[0]?.Url ?? '')).status, 200)
  })

  on(
    'a folder of the protocol of 2013 has the pages of its container',
    async (world) => {
      const { outer } = await tree(world)
      const { token } = world.access.mint({
        user: userOf('Ann'),
        resource: { on: 'folder', id: outer.id },
        expiresAt: world.clock.now + 60_000,
      })
      const info = await json(world.raw(`/folders/${outer.id}?access_token=${token}`))
      const page = `https://files.example/${outer.id}`
      assert.deepEqual([info['HostViewUrl'], info['FileSharingUrl']], [page, `${page}/share`])
    },
    {
      describeContainer: ({ id }) => ({
        HostUrl: `https://files.example/${id}`,
        SharingUrl: `https://files.example/${id}/share`,
      }),
    },
  )

  on(
    'GetFileWopiSrc finds a file by a name of the host',
    async (world) => {
      const file = await world.make('a.txt', 'x')
      const { token } = world.access.mint({
        user: userOf('Ann'),
        resource: { on: 'ecosystem', id: '' },
        expiresAt: world.clock.now + 60_000,
      })
      const find = (name: string) =>
        world.raw(`/ecosystem?access_token=${token}`, {
          method: 'POST',
          headers: { 'X-WOPI-Override': 'GET_WOPI_SRC_WITH_ACCESS_TOKEN', 'X-WOPI-HostNativeFileName': name },
        })
      const { Url } = await json<{ Url: string }>(find(`https://files.example/open/${file.id}`))
      assert.equal((await json(follow(world, Url)))['BaseFileName'], 'a.txt')
      assert.equal((await find('https://files.example/open/none')).status, 404)
    },
    { nativeNames: { fileId: async (name) => name.split('/').at(-1) } },
  )

  on(
    'a host without containers answers 501 and promises none',
    async (world) => {
      const file = await world.make('a.txt', 'x')
      const info = await infoOf(world, file)
      assert.ok(!info['SupportsContainers'] && !info['SupportsEcosystem'] && !info['SupportsFolders'])
      assert.equal((await world.raw(`/files/${file.id}/ancestry?access_token=${world.token(file)}`)).status, 501)
      assert.equal((await get(world, 'root')).status, 501)
      const { token } = world.access.mint({
        user: userOf('Ann'),
        resource: { on: 'ecosystem', id: '' },
        expiresAt: world.clock.now + 60_000,
      })
      assert.equal((await world.raw(`/ecosystem?access_token=${token}`)).status, 501)
    },
    { containers: undefined } as object,
  )

  on('what a container promises is kept for whoever may only create', async (world) => {
    const { outer } = await tree(world)
    const token = tokenFor(
      world,
      outer.id,
      everything.filter((one) => one === 'read' || one === 'create'),
    )
    const info = await json(world.raw(`/containers/${outer.id}?access_token=${token}`))
    assert.deepEqual(
      [info['UserCanCreateChildFile'], Boolean(info['UserCanRename']), Boolean(info['UserCanDelete'])],
      [true, false, false],
    )
  })
}
