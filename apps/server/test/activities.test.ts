import { createClient } from '@openwopi/client'
import { expect, test } from 'vitest'
import type { ActivityList, MentionList, ShareLink } from '../src/api.ts'
import { personId } from '../src/sign-in/person.ts'
import { type Server, signIn, start, until } from './start.ts'

const passwords = { anna: 'right password', bert: 'other password' }

const bert = { Name: 'Bert', Id: personId('bert'), Provider: 'wopi-contoso', Mentioned: true }
const comment = (id: string, text: string, more: object = {}) => ({
  Type: 'comment',
  Id: id,
  Timestamp: '2017-02-15T13:47:13000000Z',
  Data: { ContentId: `c-${id}`, ContentAction: 'created', CommentText: text },
  People: [bert],
  ...more,
})

interface Opened {
  readonly server: Server
  readonly fileId: string
  readonly tell: (...activities: object[]) => Promise<Response>
  readonly get: <T>(who: keyof typeof passwords, path: string) => Promise<T>
  readonly change: (who: keyof typeof passwords, method: string, path: string, body?: unknown) => Promise<Response>
}

/** A server for two, one of whom has a file open. */
async function opened(): Promise<Opened> {
  const server = await start({ users: passwords, files: { 'a.txt': 'aa' } })
  const cookies = {
    anna: await signIn(server, 'anna', passwords.anna),
    bert: await signIn(server, 'bert', passwords.bert),
  }
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', user: 'anna' })
  const tell = (...Activities: object[]) =>
    fetch(`${wopiSrc}?access_token=${accessToken}`, {
      method: 'POST',
      headers: { 'X-WOPI-Override': 'ADD_ACTIVITIES' },
      body: JSON.stringify({ Activities, New: { member: [1] } }),
    })
  return {
    server,
    fileId: wopiSrc.split('/').at(-1) ?? '',
    tell,
    get: async <T>(who: keyof typeof passwords, path: string) =>
      (await server.ask(path, { headers: { Cookie: cookies[who] } })).json() as Promise<T>,
    change: (who, method, path, body) => server.change(method, path, body, { Cookie: cookies[who] }),
  }
}

test('what editors tell of a document is shown with who, when and what, newest first', async () => {
  const { tell, get, fileId } = await opened()
  const before = Date.now()
  const reply = { ...comment('b', 'Me too').Data, IsReply: true }
  expect((await tell(comment('a', 'Look at this'), comment('b', 'Me too', { Data: reply, People: [] }))).status).toBe(
    200,
  )
  const { items } = await get<ActivityList>('bert', `/api/files/${fileId}/activities`)
  expect(items).toMatchObject([
    { by: 'anna', action: 'created', isReply: true, text: 'Me too', mentions: [] },
    { by: 'anna', action: 'created', isReply: false, text: 'Look at this', mentions: ['Bert'] },
  ])
  expect(items[0]?.at).toBeGreaterThanOrEqual(before)
})

test('members that nobody knows are passed over at every level, and are not shown', async () => {
  const { tell, get, fileId } = await opened()
  const odd = comment('a', 'text', {
    New: 'secret',
    Data: { ...comment('a', 'text').Data, New: { deep: 'secret' } },
    People: [{ ...bert, New: ['secret'] }],
  })
  const answer = await tell(odd, { Type: 'wave', Id: 'w', Data: { New: 'secret' } })
  expect(((await answer.json()) as { ActivityResponses: { Status: number }[] }).ActivityResponses).toMatchObject([
    { Id: 'a', Status: 0 },
    { Id: 'w', Status: 3 },
  ])
  const list = await get<ActivityList>('anna', `/api/files/${fileId}/activities`)
  expect(list.items).toHaveLength(1)
  expect(JSON.stringify(list)).not.toContain('secret')
})

test('whoever is mentioned is told so, and nobody else is, until they have seen it', async () => {
  const { tell, get, change, fileId } = await opened()
  await tell(comment('a', 'Can you look, @Bert?'))
  expect((await get<MentionList>('anna', '/api/mentions')).items).toEqual([])
  const [mention] = (await get<MentionList>('bert', '/api/mentions')).items
  expect(mention).toMatchObject({ fileId, fileName: 'a.txt', by: 'anna', text: 'Can you look, @Bert?', isNew: true })
  expect((await change('bert', 'POST', '/api/mentions/seen', { until: mention?.at })).status).toBe(204)
  expect((await get<MentionList>('bert', '/api/mentions')).items).toMatchObject([{ isNew: false }])
  await tell(comment('b', 'And this?'))
  expect((await get<MentionList>('bert', '/api/mentions')).items.map(({ isNew }) => isNew)).toEqual([true, false])
})

test('a mention in a document that is not to be seen is not to be seen either, until it is there again', async () => {
  const { tell, get, change, fileId, server } = await opened()
  await tell(comment('a', 'Look'))
  await change('anna', 'DELETE', `/api/files/${fileId}`)
  expect((await get<MentionList>('bert', '/api/mentions')).items).toEqual([])
  await change('anna', 'POST', `/api/trash/${fileId}/restore`)
  expect((await get<MentionList>('bert', '/api/mentions')).items).toHaveLength(1)
  for (const path of ['/api/mentions', `/api/files/${fileId}/activities`])
    expect((await server.ask(path)).status).toBe(401)
})

test('what a comment said is not shown any more once it has been deleted', async () => {
  const { tell, get, fileId } = await opened()
  await tell(comment('a', 'A secret'))
  const gone = { ContentId: 'c-a', ContentAction: 'deleted' }
  await tell(comment('a2', '', { Data: gone, People: [] }))
  const list = await get<ActivityList>('bert', `/api/files/${fileId}/activities`)
  expect(list.items.map(({ action }) => action)).toEqual(['deleted', 'created'])
  expect(JSON.stringify(list)).not.toContain('A secret')
  expect((await get<MentionList>('bert', '/api/mentions')).items).toEqual([])
})

test('activities and mentions outlive a restart', async () => {
  const { tell, server, fileId } = await opened()
  await tell(comment('a', 'Look'))
  await server.stop()
  const next = await start({ on: server })
  const cookie = await signIn(next, 'bert', passwords.bert)
  const ask = async (path: string) => (await next.ask(path, { headers: { Cookie: cookie } })).json()
  expect(await ask('/api/mentions')).toMatchObject({ items: [{ text: 'Look', isNew: true }] })
  expect(await ask(`/api/files/${fileId}/activities`)).toMatchObject({ items: [{ text: 'Look' }] })
})

test('names and comments with control characters, or very long ones, are shown as text that harms nothing', async () => {
  const { tell, get, fileId } = await opened()
  const nasty = `a\u0000b\u0007\u202Ec\u2066\r\nd<script>alert(1)</script>${'x'.repeat(100_000)}`
  const person = { ...bert, Name: `B\u0000e\u202Ert${'y'.repeat(500)}` }
  expect(
    (await tell(comment(`\u0000${'i'.repeat(5000)}`, nasty, { People: [person] }), comment('s', '\ud800!'))).status,
  ).toBe(200)
  const { items } = await get<ActivityList>('bert', `/api/files/${fileId}/activities`)
  expect(items[0]?.text).toBe('�!')
  expect(items[1]?.text?.slice(0, 36)).toBe('abc\nd<script>alert(1)</script>xxxxxx')
  expect(items[1]?.text).toHaveLength(2000)
  expect(items[1]?.mentions[0]).toMatch(/^Berty{95}…$/)
})

test('what is no list of activities, or far too much of one, is refused, and nothing of it is kept', async () => {
  const { server, get, fileId } = await opened()
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', user: 'anna' })
  const post = (body: string) =>
    fetch(`${wopiSrc}?access_token=${accessToken}`, {
      method: 'POST',
      headers: { 'X-WOPI-Override': 'ADD_ACTIVITIES' },
      body,
    }).then(({ status }) => status)
  for (const body of ['', '{', 'null', '[]', '{"Activities":7}', '{"Activities":[null]}'])
    expect(await post(body)).toBe(400)
  const huge = JSON.stringify({ Activities: [comment('a', 'x'.repeat(20_000_000))] })
  expect(await post(huge)).toBeOneOf([400, 413])
  expect((await get<ActivityList>('anna', `/api/files/${fileId}/activities`)).items).toEqual([])
})

test('whoever has only a link to look makes up no comments', async () => {
  const { server, change, get, fileId } = await opened()
  const made = await change('anna', 'POST', `/api/files/${fileId}/shares`, { type: 'ReadOnly' })
  const page = await (await server.ask(new URL(((await made.json()) as ShareLink).url).pathname)).text()
  const accessToken = /name="access_token" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const { wopiSrc } = await server.token({ path: 'a.txt', user: 'anna' })
  const guest = createClient({ wopiSrc, accessToken })
  const { responses } = await guest.addActivities({ activities: { Activities: [comment('a', 'Buy this, @Bert')] } })
  expect(responses.ActivityResponses).toMatchObject([{ Id: 'a', Status: 3 }])
  expect((await get<MentionList>('bert', '/api/mentions')).items).toEqual([])
})

test('the pages hear of comments', async () => {
  const { server, tell } = await opened()
  const cookie = await signIn(server, 'bert', passwords.bert)
  const heard: string[] = []
  const { body } = await server.ask('/api/events', { headers: { Cookie: cookie } })
  const reading = (async () => {
    for await (const chunk of body ?? []) heard.push(new TextDecoder().decode(chunk))
  })().catch(() => undefined)
  await tell(comment('a', 'Look'))
  await until(() => heard.join('').includes('"commented"'), 'the comment is heard of')
  await server.stop()
  await reading
})

test('what an editor keeps for a user is there again after a restart', async () => {
  const first = await start({ users: passwords, files: { 'a.txt': 'aa', 'b.txt': 'b' } })
  await createClient(await first.token({ path: 'a.txt', user: 'anna' })).putUserInfo({ userInfo: 'what anna likes' })
  await first.stop()
  const server = await start({ on: first })
  const infoOf = async (path: string, user: string) =>
    (await createClient(await server.token({ path, user })).checkFileInfo()).info.UserInfo
  expect(await infoOf('b.txt', 'anna')).toBe('what anna likes')
  expect(await infoOf('a.txt', 'bert')).toBeUndefined()
})
