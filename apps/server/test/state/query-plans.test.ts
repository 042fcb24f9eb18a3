import { connectUpToDate } from '@openwopi/storage-sql/connect'
import type { CompiledQuery } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { postgres } from '../../../../packages/storage-sql/test/databases.ts'
import { filledDatabase, plansFor } from '../../../../packages/storage-sql/test/plans.ts'
import { watchedDialect } from '../../../../packages/storage-sql/test/watched-dialect.ts'
import { revocations } from '../../src/access/revocations.ts'
import { createAudit } from '../../src/audit/audit.ts'
import { lockHolders } from '../../src/clients/lock-holders.ts'
import { databaseLimits } from '../../src/limits/database-limits.ts'
import type { OfficeStore } from '../../src/office/office-store.ts'
import { sqlDocuments, sweepDocuments } from '../../src/office/sql-documents.ts'
import { sqlHomes } from '../../src/office/sql-homes.ts'
import { sqlTickets } from '../../src/office/sql-tickets.ts'
import { people } from '../../src/sign-in/people.ts'
import { sessions } from '../../src/sign-in/sessions.ts'
import { migrations } from '../../src/state/migrations.ts'
import { sqlUsers } from '../../src/state/sql-users.ts'
import type { StateTables } from '../../src/state/tables.ts'

const databases = postgres()

const day = 24 * 60 * 60_000
const now = () => 100 * day

/** As many rows as make the database think about how it reads them, most of which say something still. */
const manyRows = [
  `insert into sessions select 's' || n, 'user', ${99 * day} + n, ${99 * day} + n, 'mark' from generate_series(1, 20000) n`,
  `insert into revoked_tokens select 't' || n, case when n < 100 then ${101 * day} else ${day} end from generate_series(1, 20000) n`,
  `insert into rate_limits select 'r' || n, ${101 * day} from generate_series(1, 20000) n`,
  `insert into lock_holders select 'f' || n, 'client' from generate_series(1, 20000) n`,
  `insert into office_homes select 'd' || n, 'node ' || n % 50, n from generate_series(1, 20000) n`,
  `insert into office_documents select 'd' || n, 1, ${99 * day}, 'x' from generate_series(1, 20000) n`,
  `insert into office_steps (document, steps) select 'd' || n, 'x' from generate_series(1, 20000) n`,
  `insert into office_leftovers (document, content) select 'd' || n, 'x' from generate_series(1, 20000) n`,
  `insert into office_spent select 'n' || n, ${99 * day} from generate_series(1, 20000) n`,
  `insert into office_tickets select 'k' || n, ${101 * day}, 'x' from generate_series(1, 20000) n`,
  `insert into audit (at, user_id, user_name, what, resource_id, resource_name, details)
   select n, 'u', 'u', 'opened', 'f' || n, '', '' from generate_series(1, 20000) n`,
  `insert into users select 'u' || n, 'U' || n, 0, 'hash', n from generate_series(1, 20000) n`,
  `insert into user_changes select n, 'u' || n, 0 from generate_series(19001, 20000) n`,
  'analyze',
]

/** How the server means to answer what `work` asks of it, apart from what concerns the few servers there are. */
async function plansOf(work: (store: OfficeStore) => Promise<unknown>): Promise<string[]> {
  const address = await databases.fresh()
  const asked: CompiledQuery[] = []
  const before = (query: CompiledQuery) => void asked.push(query)
  await (await connectUpToDate<StateTables>(address, { migrations, name: 'server' })).db.destroy()
  const { db, engine } = await connectUpToDate<StateTables>(watchedDialect(address, { before }), {
    migrations,
    name: 'server',
  })
  onTestFinished(() => db.destroy())
  const client = await filledDatabase(address, manyRows)
  const from = asked.length
  await work({ db, engine, node: 'node 1', now })
  const plans = await plansFor(client, asked.slice(from))
  return plans.filter((plan) => /Seq Scan on (?!office_nodes)/.test(plan) && !isCleaning(plan))
}

/** What a start removes of rows that are nearly all to be removed. */
const isCleaning = (plan: string) => plan.startsWith('delete from "revoked_tokens"')

test('who is signed in, and what of them is over, is found by an index', async () => {
  const plans = await plansOf(async ({ db }) => {
    const signedIn = sessions(db, now)
    const secret = await signedIn.begin({ name: 'user', passwordMark: 'mark' })
    expect(await signedIn.whose(secret)).toBeDefined()
    await signedIn.end(secret)
    await signedIn.endOne('s7')
    await revocations(db, now)
    const limit = databaseLimits(db, now)('tries', { times: 5, per: 60_000 })
    await limit.take('somebody')
    await limit.giveBack('somebody')
  })
  expect(plans).toEqual([])
})

test('who may sign in, and who has been added or taken away since, is found by an index', async () => {
  const plans = await plansOf(async ({ db }) => {
    let time = 0
    const users = sqlUsers(db, () => time)
    const known = people(users, { host: '0.0.0.0' })
    expect(await known.named('U7')).toBeDefined()
    expect(await users.remove('u7')).toBeDefined()
    time += 1000
    expect(await known.named('U7')).toBeUndefined()
    expect(await users.find('U8')).toBeDefined()
  })
  expect(plans).toEqual([])
})

test('whoever holds a lock, and who did what to a file, is found by an index', async () => {
  const plans = await plansOf(async ({ db }) => {
    await lockHolders(db, () => undefined).clientOf('f7')
    const audit = createAudit(db, () => undefined, now)
    audit.note({ by: { id: 'u', name: 'u' }, what: 'opened', to: { id: 'f7' } })
    await audit.close()
    await audit.list({ limit: 10 })
    await audit.list({ limit: 10, before: 5000 })
    await audit.list({ limit: 10, about: 'f7' })
  })
  expect(plans).toEqual([])
})

test('what is typed in the office is kept, found and taken over by indexes', async () => {
  const plans = await plansOf(async (store) => {
    const homes = await sqlHomes(store, { address: 'http://node.example.org' })
    const claimed = await homes.claim('http://host/wopi/files/7')
    if ('home' in claimed) throw new Error('the document lives elsewhere')
    await homes.renew()
    const documents = sqlDocuments(store)
    await documents.append(claimed.claim, [])
    await documents.load('http://host/wopi/files/7')
    await documents.leftover('http://host/wopi/files/7')
    await documents.removeLeftover('http://host/wopi/files/7')
    await documents.spend('name')
    await documents.isSpent('name')
    await documents.remove(claimed.claim)
    const tickets = sqlTickets(store)
    await tickets.put('ticket', { endsAt: 101 * day, sealed: 'x' })
    await tickets.get('ticket')
    await tickets.sweep(now())
    await homes.release(claimed.claim)
    await sweepDocuments(store)
  })
  expect(plans).toEqual([])
})
