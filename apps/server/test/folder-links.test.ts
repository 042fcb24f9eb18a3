import { createClient, createContainerClient, followUrl } from '@openwopi/client'
import { expect, test } from 'vitest'
import type { FolderItem, ShareLink, ShareList } from '../src/api.ts'
import { type Server, signIn, start, until } from './start.ts'

const decode = (html: string) => html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
const bytes = (text: string) => new TextEncoder().encode(text)
const password = 'right password'

const files = {
  'top.txt': 't',
  'shared <b>/one.txt': 'one',
  'shared <b>/deep/two.txt': 'two',
  'other/three.txt': 'three',
}

interface Opened {
  readonly server: Server
  readonly folder: FolderItem
  readonly get: (path: string) => Promise<Response>
  readonly share: (type: ShareLink['type']) => Promise<ShareLink>
  /** A page of the link, as a guest sees it. */
  readonly page: (url: string, rest?: string) => Promise<{ status: number; html: string; links: readonly string[] }>
}

async function opened(): Promise<Opened> {
  const server = await start({ files, users: { anna: password } })
  const headers = { Cookie: await signIn(server, 'anna', password) }
  const get = (path: string) => server.ask(path, { headers })
  const { folders } = (await (await get('/api/folders/root')).json()) as { folders: FolderItem[] }
  const folder = folders.find(({ name }) => name === 'shared <b>') ?? expect.fail('the folder is there')
  return {
    server,
    folder,
    get,
    share: async (type) =>
      (await server.change('POST', `/api/folders/${folder.id}/shares`, { type }, headers)).json() as Promise<ShareLink>,
    async page(url, rest = '') {
      const response = await server.ask(new URL(url).pathname + rest)
      const html = decode(await response.text())
      return {
        status: response.status,
        html,
        links: [...html.matchAll(/<a[^>]* href="([^"]*)"/g)].map(([, to = '']) => to),
      }
    },
  }
}

/** The editor that a page of a link has opened. */
function editorOf(html: string) {
  const attribute = (of: string) => new RegExp(`${of}="([^"]*)"`).exec(html)?.[1] ?? ''
  const wopiSrc = new URL(attribute('action')).searchParams.get('wopisrc') ?? ''
  return createClient({ wopiSrc, accessToken: attribute('name="access_token" value') })
}

test('a link to a folder shows what is in it and in the folders below, and nothing of what lies above', async () => {
  const { server, share, page, get, folder } = await opened()
  const { url } = await share('ReadOnly')
  const top = await page(url)
  expect([top.status, top.html.includes('<h1>shared <b></h1>')]).toEqual([200, true])
  expect(top.html).toContain('one.txt')
  expect(top.html).not.toContain('top.txt')
  const deep = top.links.find((to) => to.includes('folder=')) ?? ''
  const below = await page(url, new URL(deep, url).search)
  expect(below.html).toContain('two.txt')
  expect(below.html).toMatch(/<nav aria-label="Folders above"><a [^>]*>shared <b><\/a> \/ <\/nav>/)
  expect(below.html).not.toContain(server.folder.split('/').at(-1))
  const { folders } = (await (await get('/api/folders/root')).json()) as { folders: FolderItem[] }
  expect(folders.map(({ name, isShared }) => [name, isShared])).toEqual([
    ['other', false],
    [folder.name, true],
  ])
  const raw = await (await server.ask(new URL(url).pathname)).text()
  expect(raw).not.toContain('<b>')
  expect(raw).not.toContain('<script')
})

test('by a link to a folder its documents open as the link allows, and no others do', async () => {
  const { server, share, page, get } = await opened()
  const looking = await share('ReadOnly')
  const [address = ''] = (await page(looking.url)).links.filter((to) => to.includes('/file/'))
  const viewer = editorOf((await page(looking.url, address.slice(new URL(looking.url).pathname.length))).html)
  expect((await viewer.checkFileInfo()).info).toMatchObject({ BaseFileName: 'one.txt', IsAnonymousUser: true })
  await expect(viewer.lock({ lock: 'x' })).rejects.toMatchObject({ code: 'NotFound' })
  await expect(viewer.enumerateAncestors()).rejects.toMatchObject({ code: 'NotFound' })

  const editing = await share('ReadWrite')
  const rest = address.slice(new URL(looking.url).pathname.length)
  const editor = editorOf((await page(editing.url, rest)).html)
  await editor.lock({ lock: 'x' })
  await editor.putFile({ lock: 'x', content: bytes('by a guest') })
  expect(await (await server.ask(`${new URL(editing.url).pathname}${rest}/content`)).text()).toBe('by a guest')

  const { files: above, folders } = (await (await get('/api/folders/root')).json()) as {
    files: { id: string }[]
    folders: FolderItem[]
  }
  const other = folders.find(({ name }) => name === 'other')?.id ?? ''
  for (const id of [above[0]?.id, 'nope', '..', 'root'])
    for (const path of [`/file/${id}`, `/file/${id}/content`, `/file/${id}/events`])
      expect((await page(editing.url, path)).status).toBe(404)
  for (const id of [other, 'root', 'nope', above[0]?.id])
    expect((await page(editing.url, `?folder=${id}`)).status).toBe(404)
  expect((await page(editing.url, '?after=nonsense')).status).toBe(400)
})

test('a document that is moved out of the folder, or whose link is revoked, is out of reach at the next call', async () => {
  const { server, share, page, folder, get } = await opened()
  const { url, id } = await share('ReadWrite')
  const [address = ''] = (await page(url)).links.filter((to) => to.includes('/file/'))
  const rest = address.slice(new URL(url).pathname.length)
  const guest = editorOf((await page(url, rest)).html)
  await guest.checkFileInfo()
  const list = (await (await get(`/api/folders/${folder.id}/shares`)).json()) as ShareList
  expect(list.links).toMatchObject([{ id, type: 'ReadWrite', url }])
  const events = await server.ask(`${new URL(url).pathname}${rest}/events`)
  const cookie = await signIn(server, 'anna', password)
  await server.change('DELETE', `/api/folders/${folder.id}/shares/${id}`, undefined, { Cookie: cookie })
  expect(await events.text()).toContain('"what":"ended"')
  await expect(guest.checkFileInfo()).rejects.toMatchObject({ code: 'InvalidToken' })
  expect((await page(url)).status).toBe(404)

  const again = await share('ReadOnly')
  const viewer = editorOf((await page(again.url, rest)).html)
  await viewer.checkFileInfo()
  const { rename } = await import('node:fs/promises')
  await rename(`${server.folder}/shared <b>/one.txt`, `${server.folder}/one.txt`)
  await until(
    async () => (await (await get('/api/folders/root')).text()).includes('one.txt'),
    'the server knows where it lies now',
  )
  await expect(viewer.checkFileInfo()).rejects.toMatchObject({ code: 'InvalidToken' })
})

test('an editor that asks for a link to a container is given one that works', async () => {
  const server = await start({ files })
  const from = await server.token({ path: 'other/three.txt' })
  const { list } = await createClient(from).enumerateAncestors()
  const parent = createContainerClient(followUrl(from, list.AncestorsWithRootFirst.at(-1)?.Url ?? ''))
  expect((await parent.checkContainerInfo()).info.SupportedShareUrlTypes).toEqual(['ReadOnly', 'ReadWrite'])
  const { share } = await parent.getContainerShareUrl({ urlType: 'ReadOnly' })
  const page = await (await server.ask(new URL(share.ShareUrl).pathname)).text()
  expect(page).toContain('three.txt')
})

test('a large folder is shown in pages, and nothing in it is left out', async () => {
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`many/file ${at}.txt`, 'x']))
  const server = await start({ files: many })
  const { folders } = await server.list()
  const made = await server.change('POST', `/api/folders/${folders[0]?.id}/shares`, { type: 'ReadOnly' })
  const { url } = (await made.json()) as ShareLink
  const seen = new Set<string>()
  for (let address = new URL(url).pathname; address !== ''; ) {
    const html = decode(await (await server.ask(address)).text())
    for (const [, name = ''] of html.matchAll(/>(file \d+\.txt)</g)) seen.add(name)
    address = /href="([^"]*after=[^"]*)"/.exec(html)?.[1] ?? ''
  }
  expect(seen.size).toBe(250)
})
