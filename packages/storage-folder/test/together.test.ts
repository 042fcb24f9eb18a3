import { expect, test } from 'vitest'
import { together } from '../src/together.ts'

/** Looks at a value that changes, and a turn of the event loop that ends when the test says so. */
function world() {
  let value = 'before'
  let looks = 0
  const ends: (() => void)[] = []
  const find = together(
    async (id: string) => {
      looks++
      return `${id} ${value}`
    },
    (run) => ends.push(run),
  )
  const endTurn = () => {
    for (const end of ends.splice(0)) end()
  }
  return { find, endTurn, looks: () => looks, change: () => (value = 'after') }
}

test('calls of one turn for one thing share a look, and see what was changed before the last of them came', async () => {
  const { find, endTurn, looks, change } = world()
  const first = find('a')
  change()
  const second = find('a')
  const other = find('b')
  endTurn()
  expect(await Promise.all([first, second, other])).toEqual(['a after', 'a after', 'b after'])
  expect(looks()).toBe(2)
})

test('a call that comes after the look was made gets a look of its own', async () => {
  const { find, endTurn, looks, change } = world()
  const first = find('a')
  endTurn()
  change()
  const second = find('a')
  endTurn()
  expect(await Promise.all([first, second])).toEqual(['a before', 'a after'])
  expect(looks()).toBe(2)
})

test('a look that fails fails for those who waited for it, and the next one is made anew', async () => {
  let isBroken = true
  const find = together(async (id: string) => {
    if (isBroken) throw new Error('the disk is away')
    return id
  })
  const both = await Promise.allSettled([find('a'), find('a')])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  isBroken = false
  expect(await find('a')).toBe('a')
})
