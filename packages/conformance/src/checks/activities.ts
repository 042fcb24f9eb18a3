import { type Answer, jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { expectStatus, expectThat } from '../findings.ts'
import { listIn } from '../places.ts'
import type { Target } from '../target.ts'
import { docs, shown } from '../words.ts'
import type { World } from '../world.ts'

const tells = {
  group: 'activities',
  covers: ['addActivities'],
  promised: ['SupportsAddActivities'],
  needs: ['own'],
  spec: `${docs.rest}/files/addactivities`,
} as const

const person = { Name: 'Ann Example', Id: 'ann', Provider: 'openwopi-check', Mentioned: true }
const data = { ContentId: 'openwopi-check', ContentAction: 'created', CommentText: 'openwopi check', IsReply: false }

/** A comment as Office tells of it, its time included, which is none of ISO 8601. */
const comment = (id: string, more: object = {}) => ({
  Type: 'comment',
  Id: id,
  Timestamp: '2017-02-15T13:47:13000000Z',
  Data: data,
  People: [person],
  ...more,
})

const add = async (world: World, activities: readonly object[]): Promise<Answer> =>
  (await world.scratch()).ask('addActivities', { activities: { Activities: activities } })

const newId = (world: World) => `${world.newLock()}-A`
const statusesIn = (answer: Answer) => listIn(answer, 'ActivityResponses').map(({ Status }) => Status)

/** Expects that each activity was answered with one of these numbers. */
function expectEach(answer: Answer, numbers: readonly number[]): void {
  expectStatus(answer, [200])
  const found = statusesIn(answer)
  const isRight = found.length > 0 && found.every((status) => numbers.some((number) => number === status))
  expectThat(isRight, `Status ${numbers.join(' or ')}`, shown(found))
}

const accepted: readonly (readonly [what: string, make: (id: string) => object])[] = [
  ['A comment', (id) => comment(id)],
  [
    'A comment of somebody whom the host does not know',
    (id) => comment(id, { People: [{ ...person, Provider: 'Windows Live' }] }),
  ],
  ['A comment without people', (id) => comment(id, { People: undefined })],
  [
    'A comment with members that do not exist',
    (id) => comment(id, { Unknown: { a: [1] }, Data: { ...data, Unknown: true } }),
  ],
  [
    'A comment with ids of 1,024 characters',
    (id) => comment(id, { Data: { ...data, ContentId: 'c'.repeat(1024), NavigationId: 'n'.repeat(1024) } }),
  ],
  [
    'A comment that was deleted',
    (id) => comment(id, { Data: { ...data, ContentAction: 'deleted', CommentText: undefined } }),
  ],
]

const malformed: readonly (readonly [what: string, body: string])[] = [
  ['is no JSON', '{"Activities":['],
  ['is a list', '[]'],
]

/** What happens in a document. */
export const activities: readonly Check[] = [
  ...accepted.map(
    ([what, make]): Check => ({
      ...tells,
      says: `${what} is kept (0) or said not to be (3).`,
      async run(world) {
        expectEach(await add(world, [make(newId(world))]), [0, 3])
      },
    }),
  ),
  {
    ...tells,
    says: 'An activity of a type that does not exist, with data, is said not to be kept (3).',
    async run(world) {
      expectEach(await add(world, [comment(newId(world), { Type: 'openwopi-check', Data: { a: 1 } })]), [3])
    },
  },
  {
    ...tells,
    says: 'An activity of a type that does not exist, without data, is kept (0) or said not to be (3).',
    async run(world) {
      expectEach(await add(world, [{ Type: 'openwopi-check', Id: newId(world) }]), [0, 3])
    },
  },
  {
    ...tells,
    says: 'Each of several activities is answered once, by its Id as it was written.',
    async run(world) {
      const ids = [newId(world), newId(world), newId(world)]
      const answer = await add(
        world,
        ids.map((id) => comment(id)),
      )
      expectStatus(answer, [200])
      const found = listIn(answer, 'ActivityResponses').map(({ Id }) => String(Id))
      expectThat([...found].sort().join() === [...ids].sort().join(), ids.join(', '), found.join(', '))
    },
  },
  {
    ...tells,
    says: 'No activities are answered with an empty list.',
    async run(world) {
      const answer = await add(world, [])
      expectStatus(answer, [200])
      const list = jsonOf(answer)?.['ActivityResponses']
      expectThat(Array.isArray(list) && list.length === 0, 'ActivityResponses: []', shown(list))
    },
  },
  ...malformed.map(
    ([what, body]): Check => ({
      ...tells,
      says: `AddActivities with a body that ${what} is refused with 400.`,
      async run(world) {
        const target: Target = await world.scratch()
        expectStatus(await target.ask('addActivities', { activities: { Activities: [] } }, { body }), [400])
      },
    }),
  ),
]
