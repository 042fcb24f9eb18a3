import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { execute } from './database.ts'
import { runOpenwopi, startServing } from './served.ts'

/** A database served as `openwopi serve` serves it to people. */
export interface ServedDatabase {
  /** Milliseconds until a folder's first page is there, for somebody who is signed in. */
  timeOfPage(folder: string): Promise<number>
  stop(): Promise<void>
}

const password = 'a password for one measure'

/** Starts `openwopi serve` over a database and signs somebody in, beside `others` who are signed in already. */
export async function serveDatabase(
  database: string,
  { place, others }: { readonly place: string; readonly others: number },
): Promise<ServedDatabase> {
  await mkdir(place, { recursive: true })
  const where = ['--data', join(place, 'data'), '--database', database]
  await runOpenwopi(['user', 'add', 'Ann', place, ...where, '--password-stdin'], `${password}\n`)
  const { url, stop } = await startServing(place, ...where, '--blobs', join(place, 'blobs'), '--client', 'built-in')
  await execute(database, [
    `insert into sessions select md5(n::text), 'Ann', ${Date.now()}, ${Date.now()}, '' from generate_series(1, ${others}) n`,
    'analyze sessions',
  ])
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-OpenWOPI': '1' },
    body: JSON.stringify({ name: 'Ann', password }),
  })
  if (signedIn.status !== 200) throw new Error(`signing in was answered ${signedIn.status}`)
  const cookie = (signedIn.headers.get('Set-Cookie') ?? '').split(';')[0] ?? ''
  return {
    async timeOfPage(folder) {
      const startedAt = performance.now()
      const answer = await fetch(`${url}/api/folders/${folder}?limit=100`, { headers: { Cookie: cookie } })
      await answer.json()
      if (answer.status !== 200) throw new Error(`the folder was answered ${answer.status}`)
      return performance.now() - startedAt
    },
    stop,
  }
}
