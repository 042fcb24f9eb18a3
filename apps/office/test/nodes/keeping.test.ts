import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import type { DocumentStore } from '../../src/editing/document-store.ts'
import { Fenced } from '../../src/editing/fenced.ts'
import { folderDocuments } from '../../src/editing/folder-documents.ts'
import { Keeping } from '../../src/editing/keeping.ts'

const claim = { wopiSrc: 'https://host.example.org/wopi/files/a', epoch: 1 }

/** Someone who types into a document that is kept in a folder which can be out of order. */
async function aKeeping() {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-keeping-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const store = await folderDocuments(folder, () => 1)
  let fault: Error | undefined
  const told: string[] = []
  const writes: string[] = []
  const unless = <T>(write: string, work: () => Promise<T>): Promise<T> => {
    writes.push(write)
    return fault ? Promise.reject(fault) : work()
  }
  const failing: DocumentStore = {
    ...store,
    save: (document, held) => unless('save', () => store.save(document, held)),
    append: (held, steps) => unless(`append ${steps.length}`, () => store.append(held, steps)),
  }
  const document = new Y.Doc()
  const text = document.getText('text')
  const head = { documentName: 'name', base: '', format: {}, contributors: [], hasUnsaved: true, changedAt: 1 }
  const keeping = new Keeping({
    store: failing,
    claim,
    snapshot: () => ({ wopiSrc: claim.wopiSrc, ...head, state: Y.encodeStateAsUpdate(document) }),
    tell: (what) => told.push(what),
    fenced: () => told.push('fenced'),
  })
  return {
    keeping,
    told,
    writes,
    breakWith(error: Error | undefined) {
      fault = error
    },
    type(words: string) {
      const before = Y.encodeStateVector(document)
      text.insert(text.length, words)
      keeping.add({ documentName: 'name', userId: 'anna', update: Y.encodeStateAsUpdate(document, before) })
      return keeping.lasting()
    },
    send: (sending: string) => keeping.note({ documentName: 'name', sending }),
    async kept() {
      const found = new Y.Doc()
      const stored = await store.load(claim.wopiSrc)
      if (stored) Y.applyUpdate(found, stored.state)
      return found.getText('text').toString()
    },
  }
}

test('what lasts is in the store, and what comes meanwhile goes there together', async () => {
  const { type, kept, writes } = await aKeeping()
  await type('one ')
  expect(await kept()).toBe('one ')
  await Promise.all(['two ', 'three ', 'four ', 'five'].map(type))
  expect(await kept()).toBe('one two three four five')
  expect(writes[0]).toBe('save')
  expect(writes.length).toBeLessThan(5)
})

test('that a document is on its way to its host is noted without storing the whole document again', async () => {
  const { type, send, kept, writes, breakWith } = await aKeeping()
  await type('one ')
  void type('two')
  expect(await send('hash')).toBe(true)
  expect(await kept()).toBe('one two')
  expect(writes.filter((write) => write === 'save')).toHaveLength(1)
  breakWith(new Error('the disk is full'))
  expect(await send('another hash')).toBe(false)
  breakWith(new Fenced())
  await expect(send('hash')).rejects.toBeInstanceOf(Fenced)
})

test('nothing is said to last while the store is out of order, and everything once it is not', async () => {
  const { type, kept, breakWith, told } = await aKeeping()
  await type('one ')
  breakWith(new Error('the disk is full'))
  let lasts = false
  const two = type('two').then(() => {
    lasts = true
  })
  await expect.poll(() => told).toContain('change not kept')
  expect(lasts).toBe(false)
  expect(await kept()).toBe('one ')
  breakWith(undefined)
  await two
  expect(await kept()).toBe('one two')
})

test('what another node has taken over is never said to last, and is written no more', async () => {
  const { type, keeping, breakWith, told, writes } = await aKeeping()
  await type('one ')
  breakWith(new Fenced())
  await expect(type('two')).rejects.toBeInstanceOf(Fenced)
  expect(told).toEqual(['fenced'])
  const count = writes.length
  await expect(type('three')).rejects.toBeInstanceOf(Fenced)
  await expect(keeping.whole()).rejects.toBeInstanceOf(Fenced)
  expect(writes).toHaveLength(count)
})

test('what does not last when the session ends is not said to', async () => {
  const { type, keeping, breakWith } = await aKeeping()
  breakWith(new Error('the disk is full'))
  const one = type('one')
  const refused = expect(one).rejects.toThrow('the session has ended')
  await keeping.end()
  await refused
})
