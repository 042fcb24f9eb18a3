import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHost, memoryFolders, memoryLocks, type Permission } from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { signedAccess } from '@openwopi/host/signed-access'
import { type ResourceKind, wopiSrc } from '@openwopi/protocol'
import { expect, onTestFinished, test } from 'vitest'
import {
  bytesOf,
  type ClientOptions,
  createClient,
  createContainerClient,
  createEcosystemClient,
  createFolderClient,
  followUrl,
} from '../src/index.ts'

const can = new Set<Permission>(['read', 'write', 'rename', 'delete', 'create'])

/** A host with an empty root container, over a real socket: what a client of each kind of resource needs. */
async function aHostOfFolders(): Promise<(on: ResourceKind, id: string) => ClientOptions> {
  const server = createServer((req, res) => void listener(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wopi`
  const access = signedAccess({ keys: [new Uint8Array(32).fill(3)], permissions: async () => can })
  const { storage, containers } = memoryFolders()
  const host = createHost({ storage, containers, locks: memoryLocks(), access, publicUrl: base })
  const listener = toNodeListener(host)
  const user = { id: 'ann', name: 'Ann' }
  const expiresAt = Date.now() + 60_000
  return (on, id) => ({
    wopiSrc: wopiSrc(base, on, id),
    accessToken: access.mint({ user, resource: { on, id }, expiresAt }).token,
  })
}

test('from an ecosystem a client gets to containers, to files in them, and back', async () => {
  const options = (await aHostOfFolders())('ecosystem', '')
  expect(await createEcosystemClient(options).checkEcosystem()).toEqual({ info: { SupportsContainers: true } })
  const { container } = await createEcosystemClient(options).getRootContainer()
  const root = createContainerClient(followUrl(options, container.ContainerPointer.Url))
  const made = await root.createChildContainer({ suggestedTarget: 'Reports Zoë' })
  const reports = createContainerClient(followUrl(options, made.container.ContainerPointer.Url))
  expect((await reports.checkContainerInfo()).info.Name).toBe('Reports Zoë')

  const { file } = await reports.createChildFile({ relativeTarget: 'a.txt' })
  const client = createClient(followUrl(options, file.Url))
  await client.putFile({ content: new TextEncoder().encode('one') })
  expect(new TextDecoder().decode(await bytesOf((await client.getFile()).content))).toBe('one')
  const { list } = await client.enumerateAncestors()
  expect(list.AncestorsWithRootFirst.map(({ Name }) => Name)).toEqual(['Documents', 'Reports Zoë'])
  const { children } = await reports.enumerateChildren({ extensions: ['.txt'] })
  expect(children.ChildFiles).toMatchObject([{ Name: 'a.txt', Size: 3 }])
  const back = followUrl(options, (await client.getEcosystem()).ecosystem.Url)
  expect(back.wopiSrc).toBe(options.wopiSrc)
})

test('a container that is not empty, and a name that is taken or none, are refused by what they are', async () => {
  const options = (await aHostOfFolders())('container', 'root')
  const root = createContainerClient(options)
  const { container } = await root.createChildContainer({ relativeTarget: 'full' })
  const full = createContainerClient(followUrl(options, container.ContainerPointer.Url))
  await full.createChildFile({ relativeTarget: 'a.txt' })
  await expect(full.deleteContainer()).rejects.toMatchObject({ code: 'NotEmpty' })
  await expect(root.createChildContainer({ relativeTarget: 'full' })).rejects.toMatchObject({ code: 'NameTaken' })
  await expect(root.createChildContainer({ relativeTarget: 'a/b' })).rejects.toMatchObject({
    code: 'InvalidContainerName',
  })
})

test('a folder tells its name and its files, and the token of a container opens none', async () => {
  const optionsFor = await aHostOfFolders()
  const container = optionsFor('container', 'root')
  await createContainerClient(container).createChildFile({ relativeTarget: 'notes.one' })
  const folder = createFolderClient(optionsFor('folder', 'root'))
  expect((await folder.checkFolderInfo()).info.FolderName).toBe('Documents')
  const { children } = await folder.enumerateFolderChildren()
  expect(children.Children.map(({ Name }) => Name)).toEqual(['notes.one'])
  const other = createFolderClient({ ...optionsFor('folder', 'root'), accessToken: container.accessToken })
  await expect(other.checkFolderInfo()).rejects.toMatchObject({ code: 'InvalidToken' })
})
