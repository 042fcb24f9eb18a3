import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Claim, DocumentStore, StoredDocument } from '@openwopi/office/nodes'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { ask, postgres } from '../../../../packages/storage-sql/test/databases.ts'
import type { OfficeStore } from '../../src/office/office-store.ts'
import { sqlDocuments } from '../../src/office/sql-documents.ts'
import { sqlHomes } from '../../src/office/sql-homes.ts'
import { openStateDatabase } from '../../src/state/open-state.ts'

const databases = postgres()
const wopiSrc = 'https://host.example.org/wopi/files/a'
const documentName = 'name'

/** What a writer has written until now, and the change by which it came about. */
function typed(words: string) {
  const document = new Y.Doc()
  document.getText('text').insert(0, words)
  const update = Y.encodeStateAsUpdate(document)
  const head = { wopiSrc, documentName, base: '', format: {}, contributors: ['anna'], hasUnsaved: true, changedAt: 1 }
  return { step: { documentName, userId: 'anna', update }, whole: { ...head, state: update } }
}

function textOf(found: StoredDocument | undefined): string {
  const document = new Y.Doc()
  if (found) Y.applyUpdate(document, found.state)
  return document.getText('text').toString()
}

/** A node that has a document, one that is about to take it over, and a database that stops in the middle of a write. */
async function twoNodes() {
  const database = await databases.fresh()
  const dataFolder = await mkdtemp(join(tmpdir(), 'openwopi-office-'))
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }))
  let at = 1_700_000_000_000
  const node = async (name: string): Promise<OfficeStore> => {
    const { db, engine, close } = await openStateDatabase({ database, dataFolder })
    onTestFinished(close)
    return { db, engine, node: name, now: () => at }
  }
  const [here, there] = [await node('here'), await node('there')]
  const [homes, others] = [await sqlHomes(here, { address: '' }), await sqlHomes(there, { address: '' })]
  const claimed = await homes.claim(wopiSrc)
  if ('home' in claimed) throw new Error('the document lives elsewhere')
  return {
    documents: sqlDocuments(here),
    claim: claimed.claim,
    gate: await gateIn(database),
    /** The other node takes the document over, and goes on with what it finds. */
    async takeOver(): Promise<string> {
      at += 60_000
      await others.renew()
      await others.claim(wopiSrc)
      return textOf(await sqlDocuments(there).load(wopiSrc))
    },
  }
}

/** A place in the database at which writes to documents stop, after they have looked whose the document is. */
async function gateIn(database: string) {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  const close = 'select pg_advisory_lock(4711)'
  const gate = `create function gate() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock(4711); return new; end $$;
    create trigger gate before insert on office_steps for each row execute function gate();
    create trigger gate before insert on office_documents for each row execute function gate()`
  onTestFinished(async () => {
    await client.end()
    await ask(database, 'drop function gate() cascade')
  })
  await client.query(gate)
  const count = async (waiting: string) => Number((await client.query(`select count(*) ${waiting}`)).rows[0]?.count)
  return {
    close: () => client.query(close),
    open: () => client.query('select pg_advisory_unlock(4711)'),
    /** How many writes stand at the gate. */
    atGate: () => count("from pg_locks where locktype = 'advisory' and not granted"),
    /** How many wait for others to let go of a row. */
    behind: () => count("from pg_locks where locktype in ('transactionid', 'tuple') and not granted"),
  }
}

const writes: Readonly<Record<string, (documents: DocumentStore, claim: Claim) => Promise<void>>> = {
  'A change that is added': (documents, claim) => documents.append(claim, [typed('late').step]),
  'A document that is stored': (documents, claim) => documents.save(typed('late').whole, claim),
}

for (const [what, write] of Object.entries(writes))
  test(`${what} while another node takes over is found by that node`, async () => {
    const { documents, claim, gate, takeOver } = await twoNodes()
    await documents.save(typed('').whole, claim)
    await gate.close()
    const writing = write(documents, claim)
    await expect.poll(gate.atGate).toBe(1)
    let isTaken = false
    const found = takeOver().finally(() => {
      isTaken = true
    })
    await expect.poll(async () => isTaken || (await gate.behind()) > 0).toBe(true)
    await gate.open()
    await writing
    expect(await found).toBe('late')
  })
