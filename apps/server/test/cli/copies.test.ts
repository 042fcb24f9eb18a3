import { execFile } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { createClient } from '@openwopi/client'
import { expect, test, vi } from 'vitest'
import { openSqliteDriver } from '../../../../packages/storage-sql/src/sqlite-driver.ts'
import { ask, type Databases, overEach } from '../../../../packages/storage-sql/test/databases.ts'
import { postgresPrograms } from '../../../../scripts/postgres.js'
import type { Listing, VersionList } from '../../src/api.ts'
import { withUsers } from '../../src/state/open-state.ts'
import { type Server, signIn, start } from '../start.ts'
import { openwopi, temporaryFolder } from './openwopi.ts'

// Each of a test's many commands is a process that starts anew.
vi.setConfig({ testTimeout: 300_000 })

/** The commands of the guide, block by block. */
async function guide(): Promise<readonly (readonly string[])[]> {
  const text = await readFile(join(import.meta.dirname, '../../../../docs/guides/run-several-servers.md'), 'utf8')
  const blocks = text.slice(text.indexOf('## Keeping copies')).matchAll(/```sh\n(.*?)```/gs)
  return [...blocks].map(([, block = '']) => block.trim().split('\n'))
}

interface Place {
  /** What stands for `/srv/openwopi` and `/backup`. */
  readonly top: string
  readonly database: string
}

const blobsIn = ({ top }: Place) => join(top, 'srv/openwopi/blobs')

/** Runs a block as it stands in the guide, but for its places, and for a folder in the place of a bucket. */
async function run(block: readonly string[] = [], place: Place): Promise<string> {
  let said = ''
  for (const line of block) {
    const here = line
      .replaceAll('/srv/', `${place.top}/srv/`)
      .replaceAll('/backup/', `${place.top}/backup/`)
      .replace(/^aws s3 sync (\S+) (\S+)$/, 'cp -R $1/. $2')
      .replace('s3://documents/main', blobsIn(place))
    said += await command(here, place)
  }
  return said
}

async function command(line: string, place: Place): Promise<string> {
  const env = { OPENWOPI_DATABASE: place.database, OPENWOPI_BLOBS: blobsIn(place) }
  const [, args] = /^npx openwopi (.*)$/.exec(line) ?? []
  if (args !== undefined) {
    const { stdout, stderr } = await openwopi(args.split(' '), { env })
    return stdout + stderr
  }
  const [, path, statement] = /^sqlite3 (\S+) "(.*)"$/.exec(line) ?? []
  if (path !== undefined && statement !== undefined) {
    const copied = await openSqliteDriver(path)
    copied.exec(statement)
    copied.close()
    return ''
  }
  const PATH = [postgresPrograms(), process.env['PATH']].join(delimiter)
  const { stderr } = await promisify(execFile)('/bin/sh', ['-c', line], { env: { ...process.env, ...env, PATH } })
  return stderr
}

/** An owner's way to a file by its name. */
async function opened(server: Server, path: string) {
  const { wopiSrc, accessToken } = await server.token({ path })
  return createClient({ wopiSrc, accessToken })
}

async function save(server: Server, name: string, words: string): Promise<void> {
  const file = await opened(server, name)
  await file.lock({ lock: 'copies' })
  await file.putFile({ lock: 'copies', content: bytes(words) })
  await file.unlock({ lock: 'copies' })
}

async function* bytes(words: string) {
  yield new TextEncoder().encode(words)
}

/** What Anna does in the pages of a server. */
async function asAnna(server: Server) {
  const Cookie = await signIn(server, 'anna', 'pass-word-of-anna')
  const ask = async (path: string) => server.ask(path, { headers: { Cookie } })
  const change = (method: string, path: string, body?: object) => server.change(method, path, body, { Cookie })
  const idOf = async (name: string) => {
    const { files }: Listing = await (await ask('/api/folders/root')).json()
    return files.find((file) => file.name === name)?.id
  }
  return {
    async make(name: string, words: string) {
      await change('POST', '/api/folders/root/files', { name })
      await save(server, name, words)
    },
    remove: async (name: string) => change('DELETE', `/api/files/${await idOf(name)}`),
    emptyTrash: () => change('DELETE', '/api/trash'),
    textOf: async (name: string) => (await ask(`/download/${await idOf(name)}`)).text(),
    versionsOf: async (name: string): Promise<VersionList> =>
      (await ask(`/api/files/${await idOf(name)}/versions`)).json(),
  }
}

/** The place with nothing in it any more, as on a new machine: what was copied lies in `/backup`. */
async function emptied(place: Place, { engine }: Databases): Promise<Place> {
  await rm(join(place.top, 'srv/openwopi'), { recursive: true })
  await mkdir(blobsIn(place), { recursive: true })
  if (engine === 'sqlite') return place
  await ask(place.database, 'create database restored')
  return { ...place, database: place.database.replace(/\/tests$/, '/restored') }
}

overEach((databases) => {
  test('What the guide copies while people work is whole when the guide has brought it back.', async () => {
    const [copyPostgres, restorePostgres, copySqlite, restoreSqlite] = await guide()
    const isSqlite = databases.engine === 'sqlite'
    const top = await temporaryFolder()
    for (const folder of ['srv/openwopi/blobs', 'backup/documents', 'data'])
      await mkdir(join(top, folder), { recursive: true })
    const database = isSqlite ? `sqlite:${join(top, 'srv/openwopi/files.db')}` : await databases.fresh()
    const place = { top, database }
    await withUsers({ dataFolder: join(top, 'data'), database }, (users) =>
      users.add({ name: 'anna', password: 'pass-word-of-anna' }),
    )
    const server = await start({ config: { database, blobs: blobsIn(place) } })
    const anna = await asAnna(server)
    await anna.make('a.txt', 'one')
    await save(server, 'a.txt', 'two')
    await anna.make('b.txt', 'kept')

    const [first = '', ...others] = (isSqlite ? copySqlite : copyPostgres) ?? []
    await run([first], place)
    await save(server, 'a.txt', 'after the copy of the database')
    await anna.remove('b.txt')
    await anna.emptyTrash()
    await run(others, place)
    await server.stop()

    const there = await emptied(place, databases)
    const said = await run(isSqlite ? restoreSqlite : restorePostgres, there)
    expect(said).toMatch(/: nothing is wrong\.\n0 contents .* were removed; 1 wait /)
    const again = await asAnna(await start({ config: { database: there.database, blobs: blobsIn(there) } }))
    expect([await again.textOf('a.txt'), await again.textOf('b.txt')]).toEqual(['two', 'kept'])
    expect((await again.versionsOf('a.txt')).versions.length).toBeGreaterThan(1)
  })
})
