import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { folderBlobs, type SqlStorage, sqlStorage } from '@openwopi/storage-sql'
import { Upload } from '@tus/server'
import { expect, onTestFinished, test, vi } from 'vitest'
import { sqlite } from '../../../../packages/storage-sql/test/databases.ts'
import { ann, content, textOf, there } from '../../../../packages/storage-sql/test/open-test-storage.ts'
import { localPerson } from '../../src/sign-in/person.ts'
import type { AboutSave } from '../../src/spool/failed-save.ts'
import { recovered } from '../../src/spool/recovered.ts'
import { createRecovery } from '../../src/spool/recovery.ts'
import { openSpool } from '../../src/spool/spool.ts'
import { spoolKeys } from '../../src/spool/spool-keys.ts'
import { finishing } from '../../src/uploads/finishing.ts'
import { UploadStore } from '../../src/uploads/upload-store.ts'
import { endsAt, step, steppedDialect } from './process-end.ts'

vi.mock('node:fs/promises', async (original) =>
  (await import('./process-end.ts')).steppedFiles(await original<typeof import('node:fs/promises')>()),
)

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-ends-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The same files as a process sees them that may end at each step, and as the one that is started after it. */
async function twoProcesses() {
  const database = await sqlite.fresh()
  const blobs = folderBlobs({ folder: newFolder() })
  const mortal = await sqlStorage({ database: steppedDialect(database), blobs })
  const started = await sqlStorage({ database, blobs })
  onTestFinished(async () => void (await Promise.all([mortal.close(), started.close()])))
  return { mortal, started }
}

const person = localPerson()
const unheard = { audit: { note: () => {} }, events: { publish: () => {} }, log: () => {}, now: Date.now }

/** What lies in the uppermost folder: of each file its name and its content. */
async function filesIn(files: SqlStorage): Promise<Record<string, string>> {
  const { files: all } = await files.containers.children('root', { limit: 1000 })
  return Object.fromEntries(await Promise.all(all.map(async (file) => [file.name, await textOf(files, file)])))
}

async function expectSound(files: SqlStorage): Promise<void> {
  for await (const fault of files.fsck()) expect(fault).toBeUndefined()
}

async function arrivedUpload(store: UploadStore, metadata: Record<string, string>): Promise<Upload> {
  const id = Buffer.from(`${metadata['name']}`.padEnd(16, 'x')).toString('hex')
  const [bytes, about] = [Buffer.from('what was uploaded'), { folder: 'root', overwrite: 'false', user: person.id }]
  await store.create(new Upload({ id, size: bytes.length, offset: 0, metadata: { ...about, ...metadata } }))
  await store.write(Readable.from([bytes]), id, 0)
  return store.getUpload(id)
}

for (const side of ['before', 'after'] as const) {
  test(`wherever a process ends, ${side} any step of finishing an upload, the upload becomes one file`, async () => {
    const { mortal, started } = await twoProcesses()
    const store = new UploadStore({ directory: newFolder() })
    for (const overwrite of ['false', 'true'])
      for (let number = 1, isAgain = true; isAgain; number++) {
        const name = `${overwrite} ${number}`
        if (overwrite === 'true') await started.storage.create('root', [name], content('before'), ann)
        const upload = await arrivedUpload(store, { name, overwrite })
        isAgain = await endsAt(number, side, async () => {
          await finishing({ ...unheard, folder: mortal }, store).now(upload, person)
          await step(() => store.remove(upload.id))
        })
        await expectSound(started)
        const found = await finishing({ ...unheard, folder: started }, store).ifComplete(upload.id, person)
        const file = there(await started.storage.child('root', name))
        if (found) expect(found.fileId).toBe(file.id)
        expect(await textOf(started, file)).toBe('what was uploaded')
        expect(await started.versions.list(file.id)).toHaveLength(overwrite === 'true' ? 2 : 1)
        expect(await started.storage.child('root', `${name} (2)`)).toBeUndefined()
      }
  }, 120_000)

  test(`wherever a process ends, ${side} any step of recovering a save, it becomes one version or one file`, async () => {
    const { mortal, started } = await twoProcesses()
    const folder = newFolder()
    const spool = await openSpool({ folder: join(folder, 'spool'), keys: await spoolKeys(folder), limit: 1e6 })
    const recoverBy = (files: SqlStorage, id: string) =>
      recovered(createRecovery({ ...unheard, spool, folder: files }), id, person)

    for (const kind of ['version', 'copy', 'upload'])
      for (let number = 1, isAgain = true; isAgain; number++) {
        const name = `${kind} ${number}`
        const file = there(await started.storage.create('root', [name], content('before'), ann))
        const at = Date.now() + (kind === 'copy' ? -60_000 : 60_000)
        const of: Pick<AboutSave, 'kind' | 'fileId' | 'name' | 'folderId'> =
          kind === 'upload' ? { kind, name: `new ${name}`, folderId: 'root' } : { kind: 'save', fileId: file.id, name }
        const { id } = await spool.keep({ at, ...of, user: ann.by, why: 'away' }, content('what was saved'))
        isAgain = await endsAt(number, side, () => recoverBy(mortal, id))
        await expectSound(started)
        await spool.tidy()
        if (await spool.find(id)) await recoverBy(started, id)
        expect(await spool.list()).toEqual([])
        const holding = Object.entries(await filesIn(started)).filter(
          ([each, text]) => each.includes(name) && text === 'what was saved',
        )
        expect(
          holding.map(([each]) => each),
          name,
        ).toHaveLength(1)
        await started.storage.remove(there(await started.storage.child('root', holding[0]?.[0] ?? '')), ann)
        if (kind !== 'version') await started.storage.remove(file, ann)
      }
  }, 120_000)

  test(`wherever a process ends, ${side} any step of putting a save aside, there is all of it or nothing`, async () => {
    const folder = newFolder()
    const spool = await openSpool({ folder: join(folder, 'spool'), keys: await spoolKeys(folder), limit: 1e6 })
    for (let number = 1, isAgain = true; isAgain; number++) {
      const about: AboutSave = { at: 1, kind: 'save', fileId: 'f', user: ann.by, why: 'away' }
      isAgain = await endsAt(number, side, () => spool.keep(about, content('what was', ' saved')))
      await spool.tidy()
      for (const save of await spool.list()) {
        if (!('at' in save)) throw new Error(save.problem)
        let text = ''
        for await (const chunk of spool.read(save)) text += new TextDecoder().decode(chunk)
        expect(text).toBe('what was saved')
        await spool.remove(save.id)
      }
      expect((await spool.room()).used).toBe(0)
    }
  })
}
