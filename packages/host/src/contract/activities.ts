import assert from 'node:assert/strict'
import type { Activities, CommentActivity, KeptActivity } from '../activities.ts'
import type { ContractTest } from './contract-test.ts'

const ann = { id: 'ann', name: 'Ann' }
const bob = { id: 'bob', name: 'Bob' }
const named = { id: 'bob', name: 'Bob', provider: 'wopi-contoso', isMentioned: true }
const withoutTime = ({ toldAt: _, ...activity }: KeptActivity) => activity
const comment = (id: string): CommentActivity => ({
  id,
  action: 'created',
  contentId: 'c'.repeat(1024),
  navigationId: 'n',
  text: 'Größe 😀',
  isReply: false,
  people: [named],
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
    assert.deepEqual(list.map(withoutTime), [
      { ...comment('a'), by: ann },
      { ...comment('b'), by: ann },
      { id: 'c', action: 'deleted', contentId: 'x', isReply: true, people: [], by: bob },
    ])
    assert.ok(list.every(({ toldAt }, index) => toldAt >= (list[index - 1]?.toldAt ?? 1)))
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

  on('whom an activity mentions is found by it, newest first, and nobody else is', async (activities) => {
    await activities.add('1', [comment('a')], ann)
    await activities.add('2', [comment('b'), { ...comment('c'), people: [{ ...named, isMentioned: false }] }], ann)
    const ofBob = await activities.mentioning('bob', 10)
    assert.deepEqual(
      ofBob.map(({ fileId, id }) => [fileId, id]),
      [
        ['2', 'b'],
        ['1', 'a'],
      ],
    )
    const { fileId: _, ...newest } = ofBob[0] ?? assert.fail()
    assert.deepEqual(newest, (await activities.list('2'))[0])
    assert.equal((await activities.mentioning('bob', 1))[0]?.id, 'b')
    for (const other of ['ann', 'Bob', '', 'wopi-contoso']) assert.deepEqual(await activities.mentioning(other, 10), [])
  })

  on('whoever is mentioned twice in one activity is told of it once', async (activities) => {
    await activities.add('1', [{ ...comment('a'), people: [named, { ...named, provider: 'other' }] }], ann)
    assert.equal((await activities.mentioning('bob', 10)).length, 1)
  })

  on('texts are kept as they are, whatever is in them', async (activities) => {
    const odd = ['\u0000\u0007\u202e', "'; DROP TABLE activities; --", '<b>', '\ud83d', 'x'.repeat(100_000), '']
    await activities.add(
      '1',
      odd.map((text, index) => ({ ...comment(`${index}${text}`), text })),
      ann,
    )
    assert.deepEqual(
      (await activities.list('1')).map(({ text }) => text),
      odd,
    )
  })
}
