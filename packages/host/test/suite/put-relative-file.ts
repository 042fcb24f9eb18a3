import assert from 'node:assert/strict'
import { decodeUtf7, encodeUtf7 } from '@openwopi/protocol'
import type { StoredFile } from '../../src/index.ts'
import type { On } from './index.ts'
import { everything, lockIt, type World } from './world.ts'

const put = (world: World, file: StoredFile, headers: Record<string, string>, body = 'copy') =>
  world.send(file, { override: 'PUT_RELATIVE', headers, body })
const suggest = (world: World, file: StoredFile, name: string) =>
  put(world, file, { 'X-WOPI-SuggestedTarget': encodeUtf7(name) })
const exact = (world: World, file: StoredFile, name: string, overwrite?: string) =>
  put(world, file, {
    'X-WOPI-RelativeTarget': encodeUtf7(name),
    ...(overwrite && { 'X-WOPI-OverwriteRelativeTarget': overwrite }),
  })
const nameOf = async (answer: Response) => ((await answer.json()) as { Name: string }).Name

export function putRelativeFileSuite(on: On): void {
  on('a suggested name is taken as it is when it is free, and altered when it is not', async (world) => {
    const file = await world.make('report.txt', 'x')
    assert.equal(await nameOf(await suggest(world, file, 'Copy of Zoë.txt')), 'Copy of Zoë.txt')
    assert.equal(await nameOf(await suggest(world, file, 'Copy of Zoë.txt')), 'Copy of Zoë (2).txt')
    assert.equal(await nameOf(await suggest(world, file, 'report.txt')), 'report (2).txt')
    assert.equal(await world.textOf(file), 'x')
  })

  on('a suggestion that starts with a dot is an extension', async (world) => {
    const file = await world.make('report.doc', 'x')
    assert.equal(await nameOf(await suggest(world, file, '.docx')), 'report.docx')
    assert.equal(await nameOf(await suggest(world, file, '.docx')), 'report (2).docx')
  })

  on('a suggested name is never refused, however bad it is', async (world) => {
    const file = await world.make('report.txt', 'x')
    const bad = [
      '../../etc/passwd',
      'a/b\\c.txt',
      'CON.txt',
      'nul',
      '..',
      '.',
      ' . ',
      'x'.repeat(512),
      `${'😀'.repeat(200)}.txt`,
      'a:b*c?.txt',
      'trailing. ',
      '~$lock.docx',
      'cafe\u0301.txt',
      '.\u202e/',
    ]
    for (const name of bad) {
      const answer = await suggest(world, file, name)
      assert.equal(answer.status, 200, name)
      const made = await nameOf(answer)
      assert.ok(Buffer.byteLength(made) <= 255, made)
      assert.doesNotMatch(made, /[/\\:*?"<>|]|^\.|^~\$/)
    }
  })

  on('a specific name is made exactly, or refused with one that would do', async (world) => {
    const file = await world.make('report.txt', 'x')
    const made = await exact(world, file, 'exact.txt')
    assert.equal(await nameOf(made), 'exact.txt')
    const taken = await exact(world, file, 'exact.txt')
    assert.equal(taken.status, 409)
    assert.equal(decodeUtf7(taken.headers.get('X-WOPI-ValidRelativeTarget') ?? ''), 'exact (2).txt')
    assert.equal(taken.headers.get('X-WOPI-Lock'), null)
    for (const name of ['../x.txt', 'a/b.txt', 'a\\b', '..', 'con', 'x'.repeat(256), 'end.']) {
      const answer = await exact(world, file, name)
      assert.equal(answer.status, 400, name)
      assert.ok(decodeUtf7(answer.headers.get('X-WOPI-ValidRelativeTarget') ?? ''), name)
    }
  })

  on('a name that a folder has is refused with one that would do', async (world) => {
    const file = await world.make('report.txt', 'x')
    await world.containers.create('root', 'plans')
    const refused = await exact(world, file, 'plans')
    assert.equal(refused.status, 409)
    const suggestion = decodeUtf7(refused.headers.get('X-WOPI-ValidRelativeTarget') ?? '')
    assert.equal(await nameOf(await exact(world, file, suggestion)), 'plans (2)')
  })

  on('names that the header cannot carry are malformed', async (world) => {
    const file = await world.make('report.txt', 'x')
    for (const raw of ['+AAA-', '+AC8', 'a+!b', '+2D0-', '+A-', '+ACA-start']) {
      const answer = await put(world, file, { 'X-WOPI-RelativeTarget': raw })
      assert.equal(answer.status, 400, raw)
    }
  })

  on('a file of that name is overwritten only where that is asked for, allowed, and nobody holds it', async (world) => {
    const file = await world.make('report.txt', 'x')
    const target = await world.make('target.txt', 'before')
    assert.equal((await exact(world, file, 'target.txt', 'False')).status, 409)
    await lockIt(world, target, 'T')
    const locked = await exact(world, file, 'target.txt', 'True')
    assert.deepEqual([locked.status, locked.headers.get('X-WOPI-Lock')], [409, 'T'])
    assert.equal(await world.textOf(target), 'before')
    await world.send(target, { override: 'UNLOCK', headers: { 'X-WOPI-Lock': 'T' } })
    const done = await exact(world, file, 'target.txt', 'True')
    assert.equal(done.status, 200)
    assert.equal(await world.textOf(target), 'copy')
    assert.notEqual((await world.found(target)).version, target.version)
    const token = world.token(file, { can: everything.filter((one) => one !== 'write') })
    const forbidden = await world.send(file, {
      override: 'PUT_RELATIVE',
      headers: { 'X-WOPI-RelativeTarget': 'target.txt', 'X-WOPI-OverwriteRelativeTarget': 'true' },
      body: 'no',
      token,
    })
    assert.equal(forbidden.status, 501)
    assert.equal(await world.textOf(target), 'copy')
  })

  on('both names at once answer 501, and none answers 400', async (world) => {
    const file = await world.make('report.txt', 'x')
    assert.equal(
      (await put(world, file, { 'X-WOPI-SuggestedTarget': 'a.txt', 'X-WOPI-RelativeTarget': 'b.txt' })).status,
      501,
    )
    assert.equal((await put(world, file, {})).status, 400)
  })

  on(
    'the answer leads to the new file with a token that ends when the caller’s ends',
    async (world) => {
      const file = await world.make('report.txt', 'x')
      const expiresAt = world.clock.now + 60_000
      const token = world.token(file, { expiresAt })
      const answer = await world.send(file, {
        override: 'PUT_RELATIVE',
        headers: { 'X-WOPI-SuggestedTarget': 'new.txt', 'X-WOPI-Size': '4' },
        body: 'copy',
        token,
      })
      const { Url, HostEditUrl, LastModifiedTime } = (await answer.json()) as Record<string, string>
      const url = new URL(Url ?? '')
      assert.ok(url.href.startsWith(`${world.url}/files/`))
      const made = await world.raw(url.href.slice(world.url.length))
      const info = (await made.json()) as Record<string, unknown>
      assert.deepEqual([info['BaseFileName'], info['Size'], info['LastModifiedTime']], ['new.txt', 4, LastModifiedTime])
      assert.match(HostEditUrl ?? '', /^https:\/\/files\.example\/edit\//)
      world.clock.now = expiresAt
      assert.equal((await world.raw(url.href.slice(world.url.length))).status, 401)
    },
    { describe: ({ id }) => ({ HostEditUrl: `https://files.example/edit/${id}` }) },
  )

  on('a body that has not the size it announces makes no file', async (world) => {
    const file = await world.make('report.txt', 'x')
    assert.equal((await put(world, file, { 'X-WOPI-SuggestedTarget': 'new.txt', 'X-WOPI-Size': '5' })).status, 400)
    assert.equal(await world.storage.child('root', 'new.txt'), undefined)
  })

  on('the lock of the file that is open does not matter', async (world) => {
    const file = await world.make('report.txt', 'x')
    await lockIt(world, file, 'A')
    assert.equal((await suggest(world, file, 'copy.txt')).status, 200)
  })
}
