import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStateDatabase } from '../../src/state/open-state.ts'
import { start } from '../start.ts'
import { openwopi, temporaryFolder } from './openwopi.ts'

/** What a server says that lies on it. */
const told = {
  ...{ id: 'd3b07384-d113-4ec6-a9b5-21b1f7a9c111', address: 'http://127.0.0.1:9', at: 1_700_000_000_000, size: 5 },
  ...{ user_id: 'ann', user_name: 'Ann', name: 'Budget.xlsx', file_id: 'f', folder_id: null },
}

/** A database in which another server has said what lies on it. */
async function databaseOfTwo() {
  const top = await temporaryFolder()
  const database = `sqlite:${join(top, 'data.db')}`
  const { db, close } = await openStateDatabase({ dataFolder: top, database })
  await db.insertInto('spooled_saves').values(told).execute()
  await close()
  return { top, database }
}

test('Saves that wait on other servers are listed with the server on which they are to be recovered.', async () => {
  const { top, database } = await databaseOfTwo()
  const flags = ['--data', join(top, 'data')]
  const listed = await openwopi(['recover', ...flags, '--database', database])
  expect(listed).toMatchObject({ code: 0, stderr: '' })
  expect(listed.stdout).toMatch(/^No save waits to be recovered on this machine\.\nOn other servers of the database/)
  expect(listed.stdout).toMatch(/2023-11-14T22:13:20.000Z +5 bytes +Ann +Budget\.xlsx +on http:\/\/127\.0\.0\.1:9\n/)
  expect(listed.stdout).toContain('Recover them there with this command')

  expect((await openwopi(['recover', ...flags])).stdout).toBe('No save waits to be recovered on this machine.\n')
  const away = await openwopi(['recover', ...flags, '--database', 'postgres://nobody@127.0.0.1:1/none'])
  expect(away).toMatchObject({ code: 0, stdout: 'No save waits to be recovered on this machine.\n' })
  expect(away.stderr).toMatch(/^What waits on other servers is not known: .*ECONNREFUSED/)
})

test('A server that runs is asked what waits on others, and whether they answer.', async () => {
  const { top, database } = await databaseOfTwo()
  const server = await start({ config: { database, blobs: join(top, 'blobs') } })
  const { code, stdout } = await openwopi(['recover', server.folder, '--data', server.dataFolder])
  expect(code).toBe(0)
  expect(stdout).toContain('Budget.xlsx')
  expect(stdout).toContain('on http://127.0.0.1:9, which does not answer\n')
})
