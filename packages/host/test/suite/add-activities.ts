import assert from 'node:assert/strict'
import type { Permission, StoredFile } from '../../src/index.ts'
import type { On } from './index.ts'
import { infoOf, type World } from './world.ts'

const data = {
  ContentId: 'c'.repeat(1024),
  NavigationId: 'n',
  ContentAction: 'created',
  CommentText: 'Größe',
  IsReply: true,
}
const person = { Name: 'Bob', Id: 'idBob', Provider: 'wopi-contoso', Mentioned: true }
const comment = { Type: 'comment', Id: 'a', Timestamp: '2017-02-15T13:47:13000000Z', Data: data, People: [person] }

const tell = (world: World, file: StoredFile, body: unknown) =>
  world.send(file, { override: 'ADD_ACTIVITIES', body: typeof body === 'string' ? body : JSON.stringify(body) })
const statuses = async (answer: Response) => {
  assert.equal(answer.status, 200)
  const { ActivityResponses } = (await answer.json()) as { ActivityResponses: { Id: string; Status: number }[] }
  return ActivityResponses.map(({ Id, Status }) => [Id, Status])
}

export function addActivitiesSuite(on: On): void {
  on('AddActivities keeps comments, with whom they name', async (world) => {
    const file = await world.make('a.txt', 'x')
    assert.equal((await infoOf(world, file))['SupportsAddActivities'], true)
    const second = { Type: 'comment', Id: 'A', Created: 'then', Data: { ContentId: '', ContentAction: 'deleted' } }
    assert.deepEqual(await statuses(await tell(world, file, { Activities: [comment, second] })), [
      ['a', 0],
      ['A', 0],
    ])
    const kept = await world.activities.list(file.id)
    const { toldAt, ...first } = kept[0] ?? assert.fail()
    assert.ok(toldAt > 0)
    assert.deepEqual(first, {
      id: 'a',
      action: 'created',
      contentId: data.ContentId,
      navigationId: 'n',
      text: 'Größe',
      isReply: true,
      people: [{ id: 'idBob', name: 'Bob', provider: 'wopi-contoso', isMentioned: true }],
      at: comment.Timestamp,
      by: { id: 'idAnn', name: 'Ann' },
    })
    assert.deepEqual([kept[1]?.at, kept[1]?.action, kept[1]?.people], ['then', 'deleted', []])
    assert.deepEqual(
      world.events.at(-1)?.comments?.map(({ id }) => id),
      ['a', 'A'],
    )
  })

  on('members that are not known are passed over, at every level', async (world) => {
    const file = await world.make('a.txt', 'x')
    const odd = { ...comment, New: {}, Data: { ...data, New: [1] }, People: [{ ...person, New: null }] }
    assert.deepEqual(await statuses(await tell(world, file, { Activities: [odd], New: 1 })), [['a', 0]])
  })

  on('an activity of an unknown type is not kept, and spoils no other', async (world) => {
    const file = await world.make('a.txt', 'x')
    const Activities = [{ Type: 'wave', Id: 'w', Data: { x: 1 } }, comment, { Type: 'Comment', Id: 'C', Data: data }]
    assert.deepEqual(await statuses(await tell(world, file, { Activities })), [
      ['w', 3],
      ['a', 0],
      ['C', 3],
    ])
    assert.equal((await world.activities.list(file.id)).length, 1)
  })

  on('a comment that cannot be read is refused by itself', async (world) => {
    const file = await world.make('a.txt', 'x')
    const wrong = [
      { Data: undefined },
      { Data: [] },
      { Data: { ...data, ContentAction: 'Created' } },
      { Data: { ...data, ContentId: 7 } },
      { Data: { ...data, CommentText: {} } },
      { Data: { ...data, NavigationId: 1 } },
      { Data: { ...data, IsReply: 'true' } },
      { People: {} },
      { People: [null] },
      { People: [{ Name: 'Bob' }] },
    ].map((part, index) => ({ ...comment, Id: `w${index}`, ...part }))
    const expected = [...wrong.map(({ Id }) => [Id, 2]), ['a', 0]]
    assert.deepEqual(await statuses(await tell(world, file, { Activities: [...wrong, comment] })), expected)
    assert.equal((await world.activities.list(file.id)).length, 1)
  })

  on('what is no list of activities is 400, and an empty list is a list', async (world) => {
    const file = await world.make('a.txt', 'x')
    const bad = ['', '{', '[]', 'null', '{}', { Activities: {} }, { Activities: [1] }, { Activities: [{ Id: 'a' }] }]
    for (const body of [...bad, { Activities: [{ Type: 'comment', Id: 7 }] }])
      assert.equal((await tell(world, file, body)).status, 400, JSON.stringify(body))
    assert.deepEqual(await statuses(await tell(world, file, { Activities: [] })), [])
    assert.deepEqual(await world.activities.list(file.id), [])
  })

  on('an anonymous user who may only look has made no comment that is kept', async (world) => {
    const file = await world.make('a.txt', 'x')
    const guest = { id: 'guest1', name: 'Guest', isAnonymous: true }
    const tellAs = (can: readonly Permission[]) => {
      const resource = { on: 'file', id: file.id } as const
      const { token } = world.access.mint({
        user: guest,
        resource,
        can: new Set(can),
        expiresAt: world.clock.now + 60_000,
      })
      return world.send(file, {
        override: 'ADD_ACTIVITIES',
        body: JSON.stringify({ Activities: [comment] }),
        token,
      })
    }
    assert.deepEqual(await statuses(await tellAs(['read'])), [['a', 3]])
    assert.deepEqual(await world.activities.list(file.id), [])
    assert.deepEqual(await statuses(await tellAs(['read', 'write'])), [['a', 0]])
  })

  on('told again, a comment is kept once', async (world) => {
    const file = await world.make('a.txt', 'x')
    for (let time = 0; time < 2; time++)
      assert.deepEqual(await statuses(await tell(world, file, { Activities: [comment, comment] })), [
        ['a', 0],
        ['a', 0],
      ])
    assert.equal((await world.activities.list(file.id)).length, 1)
  })
}
