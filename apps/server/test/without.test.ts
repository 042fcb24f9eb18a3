import {
  createClient,
  createContainerClient,
  createEcosystemClient,
  createFolderClient,
  followUrl,
} from '@openwopi/client'
import { type Feature, features } from '@openwopi/host'
import { operationNamed } from '@openwopi/protocol'
import { expect, test } from 'vitest'
import { start, until } from './start.ts'

async function opened(without: readonly Feature[] = []) {
  const server = await start({ files: { 'a.txt': 'one', 'sub/b.txt': 'b' }, config: { without } })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt' })
  const options = { wopiSrc, accessToken }
  return { server, options, file: createClient(options), info: (await createClient(options).checkFileInfo()).info }
}

test('from an open file a client finds its folder, what else lies there, and the way back to it', async () => {
  const { server, options, file, info } = await opened()
  expect(info).toMatchObject({ SupportsContainers: true, SupportsEcosystem: true, SupportsFolders: true })
  const ecosystem = createEcosystemClient(followUrl(options, (await file.getEcosystem()).ecosystem.Url))
  const { container } = await ecosystem.getRootContainer()
  const root = createContainerClient(followUrl(options, container.ContainerPointer.Url))
  const { children } = await root.enumerateChildren()
  expect(children.ChildFiles.map(({ Name }) => Name)).toEqual(['a.txt'])
  expect(children.ChildContainers.map(({ Name }) => Name)).toEqual(['sub'])
  expect((await root.checkContainerInfo()).info.HostUrl).toBe(`${server.url}/folder/root`)
  const made = await root.createChildFile({ suggestedTarget: '.md' })
  expect((await server.list()).files.map(({ name }) => name)).toContain(made.file.Name)
  const found = await ecosystem.getFileWopiSrc({ hostNativeFileName: info.HostEditUrl ?? '' })
  expect(followUrl(options, found.file.Url).wopiSrc).toBe(options.wopiSrc)
  for (const hostNativeFileName of ['https://other.example/open/root', `${server.url}/open/%zz`, 'a.txt'])
    await expect(ecosystem.getFileWopiSrc({ hostNativeFileName })).rejects.toMatchObject({ code: 'NotFound' })
})

test('the pages hear of folders that a client makes, renames and deletes', async () => {
  const { server, options, file } = await opened()
  const seen: string[] = []
  const stream = await server.ask('/api/events')
  const reading = (async () => {
    for await (const chunk of stream.body ?? []) seen.push(new TextDecoder().decode(chunk))
  })().catch(() => undefined)
  const { list } = await file.enumerateAncestors()
  const root = createContainerClient(followUrl(options, list.AncestorsWithRootFirst[0]?.Url ?? ''))
  const { container } = await root.createChildContainer({ relativeTarget: 'new folder' })
  const made = createContainerClient(followUrl(options, container.ContainerPointer.Url))
  await made.renameContainer({ requestedName: 'renamed folder' })
  await made.deleteContainer()
  await until(
    () => /created.*new folder[\s\S]*renamed folder[\s\S]*removed/.test(seen.join('')),
    'all three are heard of',
  )
  await server.stop()
  await reading
})

test('a name that no folder can have is refused, and one that is hidden is made visible', async () => {
  const { options, file } = await opened()
  const { list } = await file.enumerateAncestors()
  const root = createContainerClient(followUrl(options, list.AncestorsWithRootFirst[0]?.Url ?? ''))
  for (const relativeTarget of ['.hidden', '..', 'a/b', '.openwopi', 'x'.repeat(600)])
    await expect(root.createChildContainer({ relativeTarget })).rejects.toMatchObject({ code: 'InvalidContainerName' })
  const { container } = await root.createChildContainer({ suggestedTarget: '.hidden' })
  expect(container.ContainerPointer.Name).toBe('hidden')
  await expect(root.deleteContainer()).rejects.toMatchObject({ code: 'NotImplemented' })
  await expect(root.renameContainer({ requestedName: 'x' })).rejects.toMatchObject({ code: 'NotFound' })
})

test('a folder of the protocol of 2013 opens to nobody without a token of its own', async () => {
  const { options } = await opened()
  const wopiSrc = options.wopiSrc.replace(/files\/.*/, 'folders/root')
  await expect(createFolderClient({ ...options, wopiSrc }).checkFolderInfo()).rejects.toMatchObject({
    code: 'InvalidToken',
  })
})

test.each(Object.keys(features) as Feature[])(
  'without %s, its operations are neither offered nor promised',
  async (feature) => {
    const { options, file, info } = await opened([feature])
    for (const name of features[feature]) {
      const { on, method, path = '', override, sentWith, promisedBy, deniedBy } = operationNamed(name)
      if (deniedBy) expect(info[deniedBy]).toBe(true)
      // Links to files are promised by the same name.
      else if (promisedBy && name !== 'getContainerShareUrl') expect(info[promisedBy]).toBeFalsy()
      if (on !== 'file') continue
      const headers = { ...(override && { 'X-WOPI-Override': override }), ...(sentWith && { [sentWith]: 'x' }) }
      const address = `${options.wopiSrc}${path}?access_token=${options.accessToken}`
      expect((await fetch(address, { method, headers })).status).toBe(501)
    }
    if (feature !== 'locks') return
    await file.putFile({ content: new TextEncoder().encode('two') })
    expect((await file.checkFileInfo()).info.Size).toBe(3)
  },
)
