import { readdirSync, statSync } from 'node:fs'
import { appendFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { documentsContract } from '@openwopi/office/contract'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { folderDocuments } from '../../src/editing/folder-documents.ts'

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'openwopi-documents-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

documentsContract(test, async () => {
  const path = await folder()
  const open = () => folderDocuments(path, () => 1_000)
  return { store: await open(), again: open, claim: async (wopiSrc) => ({ wopiSrc, epoch: 0 }) }
})

/** A store in which “one two ” was added to an empty text, in two steps, and the file that holds them. */
async function typed() {
  const path = await folder()
  const store = await folderDocuments(path, () => 1_000)
  const document = new Y.Doc()
  const claim = { wopiSrc: 'https://host.example.org/wopi/files/a', epoch: 0 }
  const head = { documentName: 'name', base: '', format: {}, contributors: [], hasUnsaved: false, changedAt: 1 }
  await store.save({ ...claim, ...head, state: Y.encodeStateAsUpdate(document) }, claim)
  for (const word of ['one ', 'two ']) {
    const before = Y.encodeStateVector(document)
    document.getText('text').insert(document.getText('text').length, word)
    const update = Y.encodeStateAsUpdate(document, before)
    await store.append(claim, [{ documentName: 'name', userId: 'anna', update }])
  }
  const steps = join(path, readdirSync(path).find((name) => name.endsWith('.steps')) ?? '')
  const text = async () => {
    const found = new Y.Doc()
    const kept = await (await folderDocuments(path, () => 1_000)).load(claim.wopiSrc)
    if (kept) Y.applyUpdate(found, kept.state)
    return found.getText('text').toString()
  }
  return { steps, text }
}

test('a step that a crash has left half written takes nothing with it that came before', async () => {
  const { steps, text } = await typed()
  expect(await text()).toBe('one two ')
  const { size } = statSync(steps)
  for (const cut of [1, 8, 13]) {
    await truncate(steps, size - cut)
    expect(await text()).toBe('one ')
  }
})

test('zeros and rubbish after the last whole step are no steps', async () => {
  const { steps, text } = await typed()
  await appendFile(steps, Buffer.alloc(64))
  expect(await text()).toBe('one two ')
  await appendFile(steps, Buffer.from('rubbish'.repeat(20)))
  expect(await text()).toBe('one two ')
  await writeFile(steps, Buffer.alloc(3))
  expect(await text()).toBe('')
})
