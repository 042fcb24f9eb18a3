import { type Access, createHost } from '@openwopi/host'
import { expect, test } from 'vitest'
import type { SqlDialect } from '../src/connect.ts'
import { overEach } from './databases.ts'
import { ann, content, openTestStorage, there } from './open-test-storage.ts'
import { watchedDialect } from './watched-dialect.ts'

const anyone: Access = {
  authorize: async () => ({
    user: ann.by,
    can: new Set(['read', 'write', 'rename', 'create', 'delete']),
    expiresAt: 1e13,
  }),
  issue: async () => ({ token: 't', expiresAt: 1e13 }),
}

/** The same database; `tell` hears of each query that is put together. */
function countedCompiler({ engine, dialect }: SqlDialect, tell: () => void): SqlDialect {
  const createQueryCompiler = () => {
    const compiler = dialect.createQueryCompiler()
    const compile = compiler.compileQuery.bind(compiler)
    compiler.compileQuery = (...query) => {
      tell()
      return compile(...query)
    }
    return compiler
  }
  return { engine, dialect: { ...dialect, createQueryCompiler } }
}

overEach((databases) => {
  /** A host over a file, and every statement that the database is sent. */
  async function world() {
    const statements: string[] = []
    const watch = { before: ({ sql }: { readonly sql: string }) => void statements.push(sql) }
    const compiled: unknown[] = []
    const database = countedCompiler(watchedDialect(await databases.fresh(), watch), () => void compiled.push(1))
    const sql = await openTestStorage(databases, { database })
    const { shares: _, restrictedLinks: __, ...ports } = sql
    const host = createHost({ ...ports, access: anyone, publicUrl: 'http://host/wopi' })
    const { id } = there(await sql.storage.create('root', ['a.docx'], content('text'), ann))
    await sql.userInfo.put('ann', 'what Ann has seen')

    async function sent(path: string, override?: string, headers: Record<string, string> = {}, body?: string) {
      const from = statements.length
      const method = override === undefined ? 'GET' : 'POST'
      const response = await host.fetch(
        new Request(`http://host/wopi/files/${id}${path}?access_token=t`, {
          method,
          headers: { ...(override !== undefined && { 'X-WOPI-Override': override }), ...headers },
          ...(body !== undefined && { body }),
        }),
      )
      expect(response.status).toBe(200)
      return { response, statements: statements.slice(from) }
    }
    return { sent, sql, statements, compiled }
  }

  const isWrite = (sql: string) => /^(begin|update|insert|delete)/i.test(sql)
  const lock = { 'X-WOPI-Lock': 'L' }

  test('CheckFileInfo takes one round trip, in which it learns what is kept for the user', async () => {
    const { sent } = await world()
    const { response, statements } = await sent('')
    expect(await response.json()).toMatchObject({ BaseFileName: 'a.docx', UserInfo: 'what Ann has seen' })
    expect(statements).toHaveLength(1)
  })

  test('GetLock takes one round trip', async () => {
    const { sent } = await world()
    expect((await sent('', 'GET_LOCK')).statements).toHaveLength(1)
  })

  test('Lock, RefreshLock and Unlock each find their file and change it in one statement', async () => {
    const { sent } = await world()
    for (const override of ['LOCK', 'REFRESH_LOCK', 'UNLOCK']) {
      const { statements } = await sent('', override, lock)
      expect(statements).toHaveLength(2)
      expect(statements.filter(isWrite)).toHaveLength(1)
    }
  })

  test('PutFile looks once and writes in one transaction', async () => {
    const { sent } = await world()
    await sent('', 'LOCK', lock)
    const { statements } = await sent('/contents', 'PUT', lock, 'new text')
    expect(statements.findIndex((sql) => sql.startsWith('begin'))).toBe(1)
    expect(statements).toHaveLength(6)
    expect(statements.slice(0, 1).filter(isWrite)).toEqual([])
  })

  test('an autosave, which may take the place of the one before, asks for that in its transaction', async () => {
    const { sent } = await world()
    await sent('', 'LOCK', lock)
    const isAutosave = { ...lock, 'X-LOOL-WOPI-IsAutosave': 'true' }
    await sent('/contents', 'PUT', isAutosave, 'new text')
    const { statements } = await sent('/contents', 'PUT', isAutosave, 'newer text')
    expect(statements.findIndex((sql) => sql.startsWith('begin'))).toBe(1)
    expect(statements.filter((sql) => !isWrite(sql) && !sql.startsWith('commit'))).toHaveLength(2)
  })

  test('what editors do all the time names its columns: a table may get more of them at any time', async () => {
    const { sent, statements } = await world()
    const from = statements.length
    await sent('')
    await sent('', 'LOCK', lock)
    await sent('/contents', 'PUT', lock, 'new text')
    expect(statements.slice(from).filter((sql) => sql.includes('*'))).toEqual([])
  })

  test('what editors do all the time is put into SQL once, and from then on only sent', async () => {
    const { sent, compiled } = await world()
    const session = async (text: string) => {
      await sent('')
      await sent('', 'LOCK', lock)
      await sent('', 'REFRESH_LOCK', lock)
      await sent('/contents', 'PUT', lock, text)
      await sent('', 'UNLOCK', lock)
    }
    // The first lock finds the slot empty, the second one finds what the first has left there.
    for (const text of ['one', 'two']) await session(text)
    const from = compiled.length
    await session('three')
    expect(from).toBeGreaterThan(0)
    expect(compiled.length).toBe(from)
  })

  test('a free name is found in few round trips, however many are taken', async () => {
    const { sql, statements } = await world()
    const names = Array.from({ length: 121 }, (_, index) => `${index}.docx`)
    for (const name of names.slice(0, 120)) await sql.storage.create('root', [name], content('x'), ann)
    const from = statements.length
    expect((await sql.storage.create('root', names, content('x'), ann))?.name).toBe('120.docx')
    expect(statements.length - from).toBeLessThan(15)
    const all = names.values()
    expect(await sql.storage.create('root', all, content('x'), ann)).toBeUndefined()
  })

  test('a page of a folder takes three round trips', async () => {
    const { sql, statements } = await world()
    const from = statements.length
    expect((await sql.containers.children('root', { limit: 10 })).total).toBe(1)
    expect(statements.slice(from)).toHaveLength(3)
  })

  test('whether something is shared is asked in one round trip for all that is on a page', async () => {
    const { sql, statements } = await world()
    const link = { base: 'http://host/s/', key: new Uint8Array(32) }
    const [shares, forms] = [sql.shares(link), sql.restrictedLinks({ ...link, kinds: ['FORMS'] })]
    const resource = (id: string) => ({ on: 'file', id }) as const
    await shares.share({ resource: resource('b'), type: 'ReadOnly', by: ann.by })
    await forms.link('c', 'FORMS', ann.by)
    const from = statements.length
    const shared = await Promise.all(['a', 'b', 'c'].map((id) => shares.list(resource(id))))
    const formed = await Promise.all(['a', 'b', 'c'].map((id) => forms.list(id)))
    expect([shared, formed].map((lists) => lists.map(({ length }) => length))).toEqual([
      [0, 1, 0],
      [0, 0, 1],
    ])
    expect(statements.length - from).toBe(2)
    expect(await shares.list({ on: 'container', id: 'b' })).toEqual([])
  })
})
