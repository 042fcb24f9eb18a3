import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres } from '../../../../scripts/postgres.js'
import type { AuditLog, ShareLink, TrashList, VersionList } from '../../src/api.ts'
import { personId } from '../../src/sign-in/person.ts'
import { withUsers } from '../../src/state/open-state.ts'
import { openwopi } from '../cli/openwopi.ts'
import { bytes, temporary } from '../spool/an-editor.ts'
import { type Server, signIn, start } from '../start.ts'

let postgres: Awaited<ReturnType<typeof startPostgres>>

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

const password = 'pass-word-of-anna'
const info = 'what the editor keeps for anna'

interface Place {
  readonly database: string
  readonly blobs: string
}

const flagsOf = ({ database, blobs }: Place) => ['--database', database, '--blobs', blobs]

/** A server that people have worked on. */
async function workedOn(config: Place) {
  const server = await start({ config })
  const { dataFolder } = server
  await withUsers({ dataFolder, database: config.database }, async (users) => {
    for (const name of ['anna', 'bert']) await users.add({ name, password })
  })
  const Cookie = await signIn(server, 'anna', password)
  const change = async (method: string, path: string, body?: unknown) => {
    const answer = await server.change(method, path, body, { Cookie })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? undefined : answer.json()
  }
  const folder = await change('POST', '/api/folders/root/folders', { name: 'Reports' })
  for (const name of ['report.txt', 'gone.txt']) await change('POST', '/api/folders/root/files', { name })
  const editor = createClient(await server.token({ path: 'report.txt', user: 'anna' }))
  await editor.lock({ lock: 'mine' })
  for (const text of ['one', 'one and two']) await editor.putFile({ lock: 'mine', content: bytes(text) })
  await editor.unlock({ lock: 'mine' })
  await editor.putUserInfo({ userInfo: info })
  const People = [{ Name: 'Bert', Id: personId('bert'), Provider: 'own', Mentioned: true }]
  const Data = { ContentId: 'c', ContentAction: 'created', CommentText: 'Look at this, @Bert' }
  const comment = { Type: 'comment', Id: 'a', Timestamp: '2017-02-15T13:47:13Z', Data, People }
  await editor.addActivities({ activities: { Activities: [comment] } })
  const listing = (await (await server.ask('/api/folders/root?limit=100', { headers: { Cookie } })).json()) as {
    files: { id: string; name: string }[]
  }
  const idOf = (name: string) => listing.files.find((file) => file.name === name)?.id
  const link: ShareLink = await change('POST', `/api/files/${idOf('report.txt')}/shares`, { type: 'ReadOnly' })
  await change('DELETE', `/api/files/${idOf('gone.txt')}`)
  return { server, link, id: `${idOf('report.txt')}`, folder }
}

/** What people see of a server. */
async function seen(server: Server, id: string, link: ShareLink) {
  const cookies = { anna: await signIn(server, 'anna', password), bert: await signIn(server, 'bert', password) }
  const get = async <T>(path: string, who: keyof typeof cookies = 'anna') =>
    (await (await server.ask(path, { headers: { Cookie: cookies[who] } })).json()) as T
  const { versions } = await get<VersionList>(`/api/files/${id}/versions`)
  const contents = versions.map(({ version }) =>
    server
      .ask(`/api/files/${id}/versions/${version}/content`, { headers: { Cookie: cookies.anna } })
      .then((answer) => answer.text()),
  )
  const { entries } = await get<AuditLog>('/api/audit?limit=100')
  const followed = await server.ask(new URL(link.url).pathname)
  const editor = createClient(await server.token({ path: 'report.txt', user: 'anna' }))
  return {
    folders: (await get<{ folders: unknown }>('/api/folders/root?limit=100')).folders,
    ...{ versions, contents: await Promise.all(contents) },
    trash: await get<TrashList>('/api/trash'),
    comments: await get(`/api/files/${id}/activities`),
    mentions: await get('/api/mentions', 'bert'),
    audit: entries.filter(({ what }) => !/signed in|opened/.test(what)).map(({ at, what, by }) => ({ at, what, by })),
    link: [followed.status, (await followed.text()).includes('report.txt')],
    info: (await editor.checkFileInfo()).info.UserInfo,
  }
}

test('what people gave a server over SQLite is there over PostgreSQL, once it was exported and imported', {
  timeout: 240_000,
}, async () => {
  const place = await temporary()
  const from = { database: `sqlite:${join(place, 'data.db')}`, blobs: join(place, 'blobs') }
  const to = { database: postgres.url, blobs: join(place, 'other blobs') }
  const { server, link, id } = await workedOn(from)
  const before = await seen(server, id, link)
  expect(before).toMatchObject({ contents: ['one and two', 'one', ''], link: [200, true], info })
  expect(before.trash.items).toMatchObject([{ name: 'gone.txt', by: 'anna' }])
  await server.stop()

  const out = join(place, 'out')
  const exported = await openwopi(['export', out, '--data', server.dataFolder, ...flagsOf(from)])
  expect(exported).toMatchObject({ code: 0, stderr: '' })
  expect(await readdir(out)).toEqual(expect.arrayContaining(['.openwopi-export', 'Reports', 'report.txt']))
  expect(await readFile(join(out, 'report.txt'), 'utf8')).toBe('one and two')
  expect((await stat(join(out, '.openwopi-export', 'records.jsonl'))).mode & 0o077).toBe(0)
  const imported = await openwopi(['import', out, '--data', join(place, 'data'), ...flagsOf(to)])
  expect(imported).toMatchObject({ code: 0, stderr: '' })
  expect(imported.stdout).toMatch(/People +2\n/)

  const other = await start({ config: to })
  const after = await seen(other, id, link)
  expect(after).toEqual(before)
  const again = await openwopi(['import', out, '--data', join(place, 'data'), ...flagsOf(to)])
  expect(again).toMatchObject({ code: 0, stderr: '' })
  expect(again.stdout).not.toMatch(/People|added/)
  const Cookie = await signIn(other, 'anna', password)
  const restored = await other.change('POST', `/api/trash/${before.trash.items[0]?.id}/restore`, undefined, { Cookie })
  expect(await restored.json()).toMatchObject({ name: 'gone.txt' })
})
