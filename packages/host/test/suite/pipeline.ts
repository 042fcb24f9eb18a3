import assert from 'node:assert/strict'
import { operationEntries, roots } from '@openwopi/protocol'
import type { On } from './index.ts'

export function pipelineSuite(on: On): void {
  on(
    'every operation answers 401 to a token that is missing, made up, altered, expired, or given twice',
    async (world) => {
      const file = await world.make('a.txt', 'text')
      const other = await world.make('b.txt', 'text')
      const good = world.token(file)
      const expired = world.token(file, { expiresAt: world.clock.now })
      const queries = [
        '',
        '?access_token=',
        '?access_token=made-up',
        `?access_token=${good}x`,
        `?access_token=${expired}`,
        `?access_token=${good}&access_token=${good}`,
        `?access_token=${world.token(other)}`,
        '?access_token=%',
      ]
      for (const [name, row] of operationEntries) {
        const path = roots[row.on].replace(':id', file.id) + (row.path ?? '')
        for (const query of queries) {
          const headers = {
            ...(row.override && { 'X-WOPI-Override': row.override }),
            ...(row.sentWith && { [row.sentWith]: 'x' }),
          }
          const answer = await world.raw(path + query, { method: row.method, headers })
          assert.equal(answer.status, 401, `${name} with ${query}`)
          assert.equal(await answer.text(), '')
        }
      }
      assert.equal(await world.textOf(file), 'text')
    },
  )

  on('the token may come in the Authorization header', async (world) => {
    const file = await world.make('a.txt', 'text')
    const headers = { Authorization: `Bearer ${world.token(file)}` }
    assert.equal((await world.raw(`/files/${file.id}`, { headers })).status, 200)
  })

  on('parameters that the host does not know are ignored, and so is an empty access_token_ttl', async (world) => {
    const file = await world.make('a.txt', 'text')
    for (const more of [
      '&access_token_ttl=0',
      '&access_token_ttl=',
      '&permission=edit',
      '&x',
      '&&',
      '&access_token_ttl=1795331960276&permission=readonly',
    ]) {
      assert.equal((await world.raw(`/files/${file.id}?access_token=${world.token(file)}${more}`)).status, 200, more)
    }
  })

  on('a file that is gone answers 404', async (world) => {
    const file = await world.make('a.txt', 'text')
    const token = world.token(file)
    await world.storage.remove(file, { by: { id: 'x', name: 'X' } })
    assert.equal((await world.send(file, { method: 'GET', token })).status, 404)
    assert.equal((await world.send(file, { method: 'GET', path: '/contents', token })).status, 404)
    assert.equal((await world.send(file, { override: 'LOCK', headers: { 'X-WOPI-Lock': 'A' }, token })).status, 404)
  })

  on('an operation that is not known answers 501, and so does a POST without an override', async (world) => {
    const file = await world.make('a.txt', 'text')
    for (const override of ['NO_SUCH_THING', 'PUT', '', 'COBALT', '__proto__', 'constructor']) {
      assert.equal((await world.send(file, { override })).status, 501, override)
    }
    assert.equal((await world.send(file, {})).status, 501)
    assert.equal((await world.raw(`/files/${file.id}/elsewhere?access_token=${world.token(file)}`)).status, 501)
    assert.equal(
      (await world.send(file, { path: '/contents', override: 'LOCK', headers: { 'X-WOPI-Lock': 'A' } })).status,
      501,
    )
  })

  on('an override is taken in any case of letters', async (world) => {
    const file = await world.make('a.txt', 'text')
    assert.equal((await world.send(file, { override: 'get_lock' })).status, 200)
  })

  on('methods that WOPI does not use answer 405', async (world) => {
    const file = await world.make('a.txt', 'text')
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const answer = await world.raw(`/files/${file.id}?access_token=${world.token(file)}`, { method })
      assert.deepEqual([answer.status, answer.headers.get('Allow')], [405, 'GET,POST'], method)
    }
    assert.equal(await world.textOf(file), 'text')
  })

  on('what is no resource answers 404', async (world) => {
    for (const path of ['/', '/files', '/files/', '/files/a/b/c', '/elsewhere/1', '/files/%E0%A4%A']) {
      assert.equal((await world.raw(path)).status, 404, path)
    }
  })

  on('a user who may only read is told 404 by everything that changes, and nothing changes', async (world) => {
    const file = await world.make('a.txt', 'text')
    const token = world.token(file, { can: ['read'] })
    const headers = { 'X-WOPI-Lock': 'A', 'X-WOPI-RequestedName': 'b' }
    for (const override of ['LOCK', 'REFRESH_LOCK', 'UNLOCK', 'RENAME_FILE', 'DELETE']) {
      assert.equal((await world.send(file, { override, headers, token })).status, 404, override)
    }
    assert.equal(
      (await world.send(file, { override: 'PUT', path: '/contents', headers, body: 'new', token })).status,
      404,
    )
    assert.equal(
      (
        await world.send(file, {
          override: 'PUT_RELATIVE',
          headers: { 'X-WOPI-SuggestedTarget': 'c.txt' },
          body: 'new',
          token,
        })
      ).status,
      501,
    )
    assert.equal(await world.textOf(file), 'text')
    assert.equal((await world.found(file)).name, 'a.txt')
    assert.equal(await world.locks.read(file.id), undefined)
  })

  on(
    'what goes wrong inside stays inside',
    async (world) => {
      const file = await world.make('a.txt', 'text')
      const answer = await world.send(file, { method: 'GET' })
      assert.equal(answer.status, 500)
      const said = (await answer.text()) + JSON.stringify([...answer.headers])
      assert.ok(!said.includes('/secret/path'), said)
      assert.equal(String(world.events.at(-1)?.error?.cause), 'Error: /secret/path is broken')
    },
    {
      describe: () => {
        throw new Error('/secret/path is broken')
      },
    },
  )

  on('observers learn what was done, by whom and how it went, and never the token', async (world) => {
    const file = await world.make('a.txt', 'text')
    const token = world.token(file, { client: 'theirs' })
    await world.send(file, { override: 'LOCK', headers: { 'X-WOPI-Lock': 'A', 'X-WOPI-CorrelationId': 'c-1' }, token })
    const event = world.events.at(-1)
    assert.equal(event?.operation, 'lock')
    assert.deepEqual(
      [event?.status, event?.client, event?.user?.name, event?.correlationId, event?.resource?.id],
      [200, 'theirs', 'Ann', 'c-1', file.id],
    )
    assert.ok(!JSON.stringify(world.events).includes(token))
  })

  on('no answer may be cached, and none has a type that a browser could guess otherwise', async (world) => {
    const file = await world.make('a.html', '<script>alert(1)</script>')
    for (const answer of [
      await world.send(file, { method: 'GET' }),
      await world.send(file, { method: 'GET', path: '/contents' }),
      await world.send(file, { method: 'GET', token: 'bad' }),
    ]) {
      assert.equal(answer.headers.get('Cache-Control'), 'no-store')
      assert.equal(answer.headers.get('X-Content-Type-Options'), 'nosniff')
    }
  })

  on(
    'a request whose proof does not hold answers 500 and changes nothing',
    async (world) => {
      const file = await world.make('a.txt', 'text')
      const answer = await world.send(file, { override: 'LOCK', headers: { 'X-WOPI-Lock': 'A' } })
      assert.equal(answer.status, 500)
      assert.equal(await world.locks.read(file.id), undefined)
      assert.equal((await world.send(file, { method: 'GET', token: 'bad' })).status, 401)
    },
    { proof: { verify: async () => false } },
  )
}
