import { once } from 'node:events'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { painted, typeBehind } from '../../apps/office/test/word/cursor.ts'
import { editing, letter, partOf } from '../../apps/office/test/word/support.ts'
import { postgres } from '../../packages/storage-sql/test/databases.ts'
import { launch, until } from './desk.ts'
import { type Editor, kill, lines, other, startPair, type, words } from './pair.ts'

// Two servers, a database and a browser start for each; a slow machine takes its time.
vi.setConfig({ testTimeout: 240_000 })

const databases = postgres()
let browser: Browser

beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const pair = () => startPair({ browser, databases })

test('two people whose requests reach different servers edit one document', async () => {
  const { add, open, text } = await pair()
  const id = await add('notes.txt')
  const ann = await open(id)
  await type(ann, 'from Ann. ')
  const bob = await open(id)
  await lines(bob).getByText('from Ann.').waitFor()
  await type(bob, 'from Bob.')
  await lines(ann).getByText('from Bob.').waitFor()
  await until(async () => (await text(id)) === 'from Ann. from Bob.', 'both are in the file')
})

test('the server on which a document lives is killed while someone types, who types on, and all of it is saved', async () => {
  const { add, open, text, home, nodes } = await pair()
  const id = await add('notes.txt')
  const ann = await open(id)
  await type(ann, words(0, 5))
  const died = await home()
  const typing = type(ann, words(5, 30))
  await kill(died.child)
  await typing
  await until(async () => (await text(id)) === words(0, 30), 'everything is in the file', 60_000)
  expect(await home()).toBe(other(nodes, died))
  await type(ann, 'and on')
  await until(async () => (await text(id)) === `${words(0, 30)}and on`, 'it goes on')
  expect(await lines(ann).innerText()).toBe(`${words(0, 30)}and on`)
})

test('what was typed is kept although the server and the browser of whoever typed it die together', async () => {
  const { add, open, text, home, kept } = await pair()
  const id = await add('notes.txt')
  const ann = await open(id)
  await type(ann, words(0, 3))
  await until(async () => (await text(id)) === words(0, 3), 'the beginning is in the file')
  const died = await home()
  await lines(ann).press('Control+End')
  await lines(ann).pressSequentially('last words')
  await until(async () => (await kept(id)) === `${words(0, 3)}last words`, 'it is kept')
  await Promise.all([kill(died.child), ann.leave()])
  const bob = await open(id)
  await lines(bob).waitFor()
  await lines(bob).getByText('last words').waitFor()
  await until(async () => (await text(id)) === `${words(0, 3)}last words`, 'the last words are in the file')
})

const asWord = ({ page, frame }: Editor) => ({ page, office: frame })

test('the server on which a Word document lives is killed while one types and another follows, and who types goes on with all of it', async () => {
  const { upload, open, bytes, home, nodes } = await pair()
  const id = await upload('Letter.docx', letter)
  const source = (typed: string) => partOf(letter).replace('Hello,', `Hello,${typed}`)
  const inFile = async (typed: string) => {
    // A file that is changed in the same moment is not sent.
    const answered = await bytes(id).catch(() => undefined)
    return answered !== undefined && partOf(answered) === source(typed)
  }
  const ann = asWord(await open(id))
  await editing(ann)
  await typeBehind(ann, 'Hello,', ' from Ann')
  await until(() => inFile(' from Ann'), 'the beginning is in the file')
  const bob = asWord(await open(id))
  await painted(bob, 'from Ann').waitFor()
  const died = await home()
  const typing = ann.page.keyboard.type(', who types on and on', { delay: 50 })
  await painted(bob, 'who').waitFor()
  await kill(died.child)
  await typing
  await until(() => inFile(' from Ann, who types on and on'), 'all that Ann has typed is in the file', 90_000)
  expect(await home()).toBe(other(nodes, died))
  await painted(bob, 'on and on').waitFor()
  await painted(ann, 'on and on').waitFor()
  await bob.office.getByRole('button', { name: 'Write instead' }).click()
  await editing(bob)
  await typeBehind(bob, 'on and on', ', and Bob')
  await until(() => inFile(' from Ann, who types on and on, and Bob'), 'what Bob has typed is in the file', 60_000)
  await painted(ann, 'and Bob').waitFor()
})

test('a server that was paused until another took over changes nothing when it wakes up', async () => {
  const { add, open, text, home, nodes, only } = await pair()
  const id = await add('notes.txt')
  const ann = await open(id)
  await type(ann, words(0, 5))
  const paused = await home()
  await lines(ann).pressSequentially('unsaved ')
  paused.child.kill('SIGSTOP')
  const awake = other(nodes, paused)
  only(awake)
  await lines(ann).pressSequentially(words(5, 10))
  const whole = `${words(0, 5)}unsaved ${words(5, 10)}`
  await until(async () => (await text(id)) === whole, 'the other one has saved', 60_000)
  expect(await home()).toBe(awake)
  paused.child.kill('SIGCONT')
  only(...nodes)
  const bob = await open(id)
  await lines(bob).getByText('word9').waitFor()
  await type(bob, 'at the end')
  await until(async () => (await text(id)) === `${whole}at the end`, 'what came later is in the file')
  await until(async () => (await fetch(`${paused.url}/readyz`)).ok, 'the paused one answers')
  expect(await home()).toBe(awake)
  expect(await text(id)).toBe(`${whole}at the end`)
  await lines(ann).getByText('at the end').waitFor()
})

test('a server that is told to stop hands its documents over, and nobody waits for a lease', async () => {
  const { add, open, text, home, nodes, rows } = await pair()
  const id = await add('notes.txt')
  const ann = await open(id)
  await type(ann, words(0, 5))
  const stopped = await home()
  const typing = type(ann, words(5, 20))
  const ended = once(stopped.child, 'exit')
  stopped.child.kill('SIGTERM')
  await typing
  await until(async () => (await text(id)) === words(0, 20), 'everything is in the file')
  expect(await home()).toBe(other(nodes, stopped))
  expect(await rows('select node from office_nodes')).toHaveLength(1)
  await ended
  expect(stopped.child.exitCode).toBe(0)
})
