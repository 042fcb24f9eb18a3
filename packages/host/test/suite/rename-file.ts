import assert from 'node:assert/strict'
import { encodeUtf7 } from '@openwopi/protocol'
import type { StoredFile } from '../../src/index.ts'
import type { On } from './index.ts'
import { infoOf, lockIt, type World } from './world.ts'

const rename = (
  world: World,
  file: StoredFile,
  name: string,
  headers: Record<string, string> = {},
  body?: Uint8Array<ArrayBuffer>,
) =>
  world.send(file, {
    override: 'RENAME_FILE',
    headers: { 'X-WOPI-RequestedName': encodeUtf7(name), ...headers },
    ...(body && { body }),
  })
const nameOf = async (answer: Response) => ((await answer.json()) as { Name: string }).Name

export function renameFileSuite(on: On): void {
  on('a rename changes the name and nothing else, and answers it without its extension', async (world) => {
    const file = await world.make('a.docx', 'x')
    const answer = await rename(world, file, 'Résumé 中')
    assert.deepEqual([answer.status, await nameOf(answer)], [200, 'Résumé 中'])
    const info = await infoOf(world, file)
    assert.deepEqual([info['BaseFileName'], info['Version'], info['Size']], ['Résumé 中.docx', file.version, 1])
  })

  on('an extension that is sent all the same is not doubled', async (world) => {
    const file = await world.make('a.docx', 'x')
    await rename(world, file, 'b.DOCX')
    assert.equal((await world.found(file)).name, 'b.docx')
    await rename(world, file, 'c.txt')
    assert.equal((await world.found(file)).name, 'c.txt.docx')
    const bare = await world.make('bare', 'x')
    await rename(world, bare, 'with.txt')
    assert.equal((await world.found(bare)).name, 'with_txt')
  })

  on('a name that is taken or invalid is altered until it will do', async (world) => {
    const file = await world.make('a.txt', 'x')
    await world.make('b.txt', 'y')
    assert.equal(await nameOf(await rename(world, file, 'b')), 'b (2)')
    assert.equal(await nameOf(await rename(world, file, '../../up')), '_.._up')
    assert.equal(await nameOf(await rename(world, file, 'con')), '_con')
    assert.ok((await rename(world, file, 'n'.repeat(600))).ok)
    assert.ok(Buffer.byteLength((await world.found(file)).name) <= 255)
  })

  on('a name that is missing, empty or malformed answers 400 and says what is wrong with it', async (world) => {
    const file = await world.make('a.txt', 'x')
    const wrong: Record<string, string>[] = [{}, { 'X-WOPI-RequestedName': '' }, { 'X-WOPI-RequestedName': '+!!' }]
    for (const headers of wrong) {
      const answer = await world.send(file, { override: 'RENAME_FILE', headers })
      assert.equal(answer.status, 400)
      assert.match(answer.headers.get('X-WOPI-InvalidFileNameError') ?? '', /RequestedName/)
    }
    const lock = { 'X-WOPI-RequestedName': 'b', 'X-WOPI-Lock': 'x'.repeat(1025) }
    const answer = await world.send(file, { override: 'RENAME_FILE', headers: lock })
    assert.deepEqual([answer.status, answer.headers.get('X-WOPI-InvalidFileNameError')], [400, null])
    assert.equal((await world.found(file)).name, 'a.txt')
  })

  on('a locked file is renamed only with its lock, which stays', async (world) => {
    const file = await world.make('a.txt', 'x')
    await lockIt(world, file, 'A')
    for (const headers of [{}, { 'X-WOPI-Lock': '' }, { 'X-WOPI-Lock': 'B' }]) {
      const answer = await rename(world, file, 'b', headers as Record<string, string>)
      assert.deepEqual([answer.status, answer.headers.get('X-WOPI-Lock')], [409, 'A'])
    }
    assert.equal((await rename(world, file, 'b', { 'X-WOPI-Lock': 'A' })).status, 200)
    assert.equal((await world.send(file, { override: 'GET_LOCK' })).headers.get('X-WOPI-Lock'), 'A')
  })

  on('the whole document that Collabora sends along is ignored', async (world) => {
    const file = await world.make('a.txt', 'x')
    assert.equal((await rename(world, file, 'b', {}, new Uint8Array(3 << 20))).status, 200)
    assert.equal(await world.textOf(file), 'x')
    assert.equal((await world.found(file)).name, 'b.txt')
  })

  on('a rename to the name it has is fine', async (world) => {
    const file = await world.make('a.txt', 'x')
    assert.equal(await nameOf(await rename(world, file, 'a')), 'a')
  })
}
