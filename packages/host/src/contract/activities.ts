import assert from 'node:assert/strict'
import type { Activities, CommentActivity } from '../activities.ts'
import type { ContractTest } from './contract-test.ts'

const ann = { id: 'ann', name: 'Ann' }
const bob = { id: 'bob', name: 'Bob' }
const comment = (id: string): CommentActivity => ({
  id,
  action: 'created',
  contentId: 'c'.repeat(1024),
  navigationId: 'n',
  text: 'Größe 😀',
  isReply: false,
  people: [{ id: 'bob', name: 'Bob', provider: 'wopi-contoso', isMentioned: true }],
  at: '2017-02-15T13:47:13000000Z',
})

/** What every `Activities` must do. `create` returns one in which nothing has happened. */
export function activitiesContract(test: ContractTest, create: () => Promise<Activities> | Activities): void {
  const on = (name: string, run: (activities: Activities) => Promise<void>) =>
    test(name, async () => run(await create()))

  on('nothing has happened in a file that nobody told of', async (activities) => {
    assert.deepEqual(await activities.list('1'), [])
  })

  on('what was told comes back as it was, in order, with who told it', async (activities) => {
    await activities.add('1', [comment('a'), comment('b')], ann)
    await activities.add('1', [{ id: 'c', action: 'deleted', contentId: 'x', isReply: true, people: [] }], bob)
    const list = await activities.list('1')
    assert.deepEqual(list[0], { ...comment('a'), by: ann })
    assert.deepEqual(list[2], { id: 'c', action: 'deleted', contentId: 'x', isReply: true, people: [], by: bob })
    assert.deepEqual(
      list.map(({ id }) => id),
      ['a', 'b', 'c'],
    )
  })

  on('the same told twice is kept once; ids are told apart by case, and by file', async (activities) => {
    await activities.add('1', [comment('a'), comment('a')], ann)
    await activities.add('1', [comment('a'), comment('A')], ann)
    await activities.add('2', [comment('a')], ann)
    assert.deepEqual(
      (await activities.list('1')).map(({ id }) => id),
      ['a', 'A'],
    )
    assert.equal((await activities.list('2')).length, 1)
  })
}
