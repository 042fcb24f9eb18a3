import assert from 'node:assert/strict'
import type { On } from './index.ts'
import { bytesOf, lockIt, putIt, slowly, timeOf, unlockIt } from './world.ts'

export function putFileSuite(on: On): void {
  on('PutFile under the lock stores the bytes and answers a new version and the time', async (world) => {
    const file = await world.make('a.txt', 'before')
    await lockIt(world, file, 'A')
    const answer = await putIt(world, file, 'after', { lock: 'A' })
    assert.equal(answer.status, 200)
    const saved = await world.found(file)
    assert.equal(answer.headers.get('X-WOPI-ItemVersion'), saved.version)
    assert.notEqual(saved.version, file.version)
    assert.deepEqual(await answer.json(), { LastModifiedTime: timeOf(saved) })
    assert.equal(await world.textOf(file), 'after')
  })

  on('each PutFile changes the version, even of equal bytes', async (world) => {
    const file = await world.make('a.txt', 'same')
    await lockIt(world, file, 'A')
    const versions = new Set([file.version])
    for (let i = 0; i < 3; i++)
      versions.add((await putIt(world, file, 'same', { lock: 'A' })).headers.get('X-WOPI-ItemVersion') ?? '')
    assert.equal(versions.size, 4)
  })

  on(
    'PutFile with another lock, or none, on a locked file answers 409 with the lock, and stores nothing',
    async (world) => {
      const file = await world.make('a.txt', 'before')
      await lockIt(world, file, 'A')
      for (const lock of ['B', undefined]) {
        const answer = await putIt(world, file, 'after', lock === undefined ? {} : { lock })
        assert.deepEqual([answer.status, answer.headers.get('X-WOPI-Lock')], [409, 'A'])
      }
      assert.equal(await world.textOf(file), 'before')
    },
  )

  on('PutFile on a file that is not locked answers 409 with an empty lock, unless the file is empty', async (world) => {
    const file = await world.make('a.txt', 'before')
    for (const options of [{}, { lock: 'A' }, { headers: { 'X-WOPI-Lock': '' } }]) {
      const answer = await putIt(world, file, 'after', options)
      assert.deepEqual([answer.status, answer.headers.get('X-WOPI-Lock')], [409, ''])
    }
    assert.equal(await world.textOf(file), 'before')
    const empty = await world.make('new.txt')
    assert.equal((await putIt(world, empty, 'first')).status, 200)
    assert.equal((await putIt(world, empty, 'second')).status, 409)
    assert.equal(await world.textOf(empty), 'first')
  })

  on('an empty body is a legal content', async (world) => {
    const file = await world.make('a.txt', 'before')
    await lockIt(world, file, 'A')
    assert.equal((await putIt(world, file, '', { lock: 'A' })).status, 200)
    assert.equal(await world.textOf(file), '')
  })

  on(
    'a body above the limit answers 413 and stores nothing, whether its length is announced or not',
    async (world) => {
      const file = await world.make('a.txt', 'before')
      await lockIt(world, file, 'A')
      assert.equal((await putIt(world, file, 'x'.repeat(101), { lock: 'A' })).status, 413)
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let i = 0; i < 11; i++) controller.enqueue(bytesOf('0123456789'))
          controller.close()
        },
      })
      const answer = await world.send(file, {
        override: 'PUT',
        path: '/contents',
        headers: { 'X-WOPI-Lock': 'A' },
        body: stream,
      })
      assert.equal(answer.status, 413)
      assert.equal(await world.textOf(file), 'before')
      assert.equal((await putIt(world, file, 'x'.repeat(100), { lock: 'A' })).status, 200)
    },
    { maxFileSize: 100 },
  )

  on('a body that has not the X-WOPI-Size it announces answers 400 and stores nothing', async (world) => {
    const file = await world.make('a.txt', 'before')
    await lockIt(world, file, 'A')
    for (const size of ['4', '6', '99999999999'])
      assert.equal(
        (await putIt(world, file, 'after', { lock: 'A', headers: { 'X-WOPI-Size': size } })).status,
        400,
        size,
      )
    assert.equal(await world.textOf(file), 'before')
    assert.equal((await putIt(world, file, 'after', { lock: 'A', headers: { 'X-WOPI-Size': '5' } })).status, 200)
  })

  on('a lock that is lost while the body is still arriving loses the save', async (world) => {
    const file = await world.make('a.txt', 'before')
    await lockIt(world, file, 'A')
    const { body, finish: sendRest } = slowly('af', 'ter')
    const { read } = world.locks
    const asked = new Promise<void>((resolve) => {
      Object.assign(world.locks, {
        read: async (id: string) => {
          resolve()
          return read(id)
        },
      })
    })
    const saving = world.send(file, { override: 'PUT', path: '/contents', headers: { 'X-WOPI-Lock': 'A' }, body })
    await asked
    await unlockIt(world, file, 'A')
    await lockIt(world, file, 'B')
    sendRest()
    const answer = await saving
    assert.deepEqual([answer.status, answer.headers.get('X-WOPI-Lock')], [409, 'B'])
    assert.equal(await world.textOf(file), 'before')
  })

  on(
    'a save to an empty file is taken though its lock is given back while the body is still arriving',
    async (world) => {
      const file = await world.make('a.txt')
      await lockIt(world, file, 'A')
      const { body, finish, begun } = slowly('af', 'ter')
      const writing = begun(world, file)
      const saving = world.send(file, { override: 'PUT', path: '/contents', headers: { 'X-WOPI-Lock': 'A' }, body })
      await writing
      await unlockIt(world, file, 'A')
      finish()
      assert.equal((await saving).status, 200)
      assert.equal(await world.textOf(file), 'after')
    },
  )

  on('a save is not taken once its lock is given back, whenever it began', async (world) => {
    const file = await world.make('a.txt', 'before')
    await lockIt(world, file, 'A')
    const { body, finish, begun } = slowly('af', 'ter')
    const writing = begun(world, file)
    const saving = world.send(file, { override: 'PUT', path: '/contents', headers: { 'X-WOPI-Lock': 'A' }, body })
    await writing
    world.clock.now += 5
    await unlockIt(world, file, 'A')
    finish()
    const answer = await saving
    assert.deepEqual([answer.status, answer.headers.get('X-WOPI-Lock')], [409, ''])
    assert.equal(await world.textOf(file), 'before')
  })

  on('a refused save is told the lock that it was refused for, whoever has locked the file since', async (world) => {
    const file = await world.make('a.txt', 'before')
    await lockIt(world, file, 'B')
    const { read } = world.locks
    let reads = 0
    Object.assign(world.locks, {
      read: async (id: string) => {
        const slot = await read(id)
        if (++reads > 1) return slot
        await unlockIt(world, file, 'B')
        await lockIt(world, file, 'A')
        return slot
      },
    })
    const answer = await putIt(world, file, 'after', { lock: 'A' })
    assert.deepEqual([answer.status, answer.headers.get('X-WOPI-Lock')], [409, 'B'])
  })

  on(
    'a save that comes while another one of the same editor is on its way is stored, and the earlier one does not replace it',
    async (world) => {
      const file = await world.make('a.txt', 'before')
      await lockIt(world, file, 'A')
      const { body, finish, begun } = slowly('auto', 'save')
      const autosave = world.send(file, { override: 'PUT', path: '/contents', headers: { 'X-WOPI-Lock': 'A' }, body })
      await begun(world, file)
      assert.equal(
        (await putIt(world, file, 'last words', { lock: 'A', headers: { 'X-LOOL-WOPI-IsExitSave': 'true' } })).status,
        200,
      )
      finish()
      assert.equal((await autosave).status, 409)
      assert.equal(await world.textOf(file), 'last words')
    },
  )

  on('saves of one editor that overlap are all taken in the order in which they began', async (world) => {
    const file = await world.make('a.txt', 'before')
    await lockIt(world, file, 'A')
    const first = slowly('first', ' save')
    const saving = world.send(file, {
      override: 'PUT',
      path: '/contents',
      headers: { 'X-WOPI-Lock': 'A' },
      body: first.body,
    })
    await first.begun(world, file)
    const second = slowly('second', ' save')
    const savingToo = world.send(file, {
      override: 'PUT',
      path: '/contents',
      headers: { 'X-WOPI-Lock': 'A' },
      body: second.body,
    })
    await second.begun(world, file)
    first.finish()
    assert.equal((await saving).status, 200)
    second.finish()
    assert.equal((await savingToo).status, 200)
    assert.equal(await world.textOf(file), 'second save')
  })

  on('a file that is removed while it is being saved answers 404', async (world) => {
    const file = await world.make('a.txt', 'before')
    await lockIt(world, file, 'A')
    const { body, finish, begun } = slowly('af', 'ter')
    const saving = world.send(file, { override: 'PUT', path: '/contents', headers: { 'X-WOPI-Lock': 'A' }, body })
    await begun(world, file)
    await world.storage.remove(file, { by: { id: 'x', name: 'X' } })
    finish()
    assert.equal((await saving).status, 404)
  })

  on('a refused upload of many megabytes gets its answer', async (world) => {
    const file = await world.make('a.txt', 'before')
    await lockIt(world, file, 'A')
    const answer = await world.send(file, {
      override: 'PUT',
      path: '/contents',
      headers: { 'X-WOPI-Lock': 'B' },
      body: new Uint8Array(8 << 20),
    })
    assert.equal(answer.status, 409)
  })

  on('several megabytes go through whole', async (world) => {
    const file = await world.make('a.bin')
    const bytes = new Uint8Array(5 << 20).map((_, index) => (index * 31) & 255)
    assert.equal((await world.send(file, { override: 'PUT', path: '/contents', body: bytes })).status, 200)
    const back = new Uint8Array(await (await world.send(file, { method: 'GET', path: '/contents' })).arrayBuffer())
    assert.ok(Buffer.from(back).equals(Buffer.from(bytes)))
  })

  on('observers learn why the editor saved, in the spelling of either editor', async (world) => {
    const file = await world.make('a.txt', 'x')
    await lockIt(world, file, 'A')
    await putIt(world, file, '1', {
      lock: 'A',
      headers: {
        'X-COOL-WOPI-IsAutosave': 'true',
        'X-COOL-WOPI-IsModifiedByUser': 'true',
        'X-COOL-WOPI-IsExitSave': 'false',
        'X-COOL-WOPI-ExtendedData': 'why',
      },
    })
    const first = world.events.at(-1)?.save
    assert.deepEqual(
      [first?.isAutosave, first?.isModifiedByUser, first?.isExitSave, first?.extendedData],
      [true, true, false, 'why'],
    )
    await putIt(world, file, '2', {
      lock: 'A',
      headers: { 'X-LOOL-WOPI-IsExitSave': 'true', 'X-WOPI-Editors': 'ann,bob' },
    })
    const second = world.events.at(-1)?.save
    assert.deepEqual([second?.isExitSave, second?.editors], [true, ['ann', 'bob']])
  })
}
