import assert from 'node:assert/strict'
import * as Y from 'yjs'
import type { DocumentStore, StoredDocument } from '../editing/document-store.ts'
import { Fenced } from '../editing/fenced.ts'
import type { Claim } from '../editing/homes.ts'
import type { Change } from '../editing/steps.ts'

/** A store, and claims for writing to it. */
export interface DocumentsUnderTest {
  readonly store: DocumentStore
  /** The same documents, as another node that starts now finds them. */
  again(): Promise<DocumentStore>
  claim(wopiSrc: string): Promise<Claim>
  /** Has another node take the document over. Absent: there is none. */
  readonly takeOver?: (claim: Claim) => Promise<void>
}

type ContractTest = (name: string, run: () => Promise<void>) => unknown

const wopiSrc = 'https://host.example.org/wopi/files/a'

/** Someone who types, and what their page sends. */
function typist(userId: string, documentName = 'name') {
  const document = new Y.Doc()
  const text = document.getText('text')
  return {
    document,
    type(words: string): Change {
      const before = Y.encodeStateVector(document)
      text.insert(text.length, words)
      return { documentName, userId, update: Y.encodeStateAsUpdate(document, before) }
    },
  }
}

const stored = (document: Y.Doc, rest: Partial<StoredDocument> = {}): StoredDocument => ({
  wopiSrc,
  documentName: 'name',
  base: 'hash of the file',
  format: { lineEnding: '\n' },
  contributors: [],
  hasUnsaved: false,
  changedAt: 1,
  state: Y.encodeStateAsUpdate(document),
  ...rest,
})

function textOf(found: StoredDocument | undefined): string | undefined {
  if (!found) return undefined
  const document = new Y.Doc()
  Y.applyUpdate(document, found.state)
  return document.getText('text').toString()
}

/** What every `DocumentStore` must do. `create` returns one in which nothing lies. */
export function documentsContract(test: ContractTest, create: () => Promise<DocumentsUnderTest>): void {
  test('a document comes back as it was stored, also on another node', async () => {
    const { store, again, claim } = await create()
    assert.equal(await store.load(wopiSrc), undefined)
    const { document, type } = typist('anna')
    type('one')
    const whole = stored(document, { sending: 'next', kind: 'text', contributors: ['anna'], hasUnsaved: true })
    await store.save(whole, await claim(wopiSrc))
    const { state, ...head } = (await (await again()).load(wopiSrc)) ?? whole
    assert.deepEqual(head, (({ state: _, ...rest }) => rest)(whole))
    assert.equal(textOf({ ...head, state }), 'one')
    assert.equal(await store.load(`${wopiSrc}b`), undefined)
  })

  test('what is added to a document is in it, with those who wrote it', async () => {
    const { store, again, claim } = await create()
    const held = await claim(wopiSrc)
    const anna = typist('anna')
    await store.save(stored(anna.document), held)
    await store.append(held, [anna.type('one '), anna.type('two ')])
    await store.append(held, [{ ...anna.type('three'), userId: 'bert' }])
    const found = await (await again()).load(wopiSrc)
    assert.equal(textOf(found), 'one two three')
    assert.deepEqual([found?.hasUnsaved, found?.contributors], [true, ['anna', 'bert']])
  })

  test('what is on its way to the host is known, whatever has been typed before and since', async () => {
    const { store, again, claim } = await create()
    const held = await claim(wopiSrc)
    const anna = typist('anna')
    await store.save(stored(anna.document, { sending: 'earlier' }), held)
    await store.append(held, [anna.type('one '), { documentName: 'name', sending: 'first' }])
    await store.append(held, [{ documentName: 'another name', sending: 'strange' }])
    assert.equal((await store.load(wopiSrc))?.sending, 'first')
    await store.append(held, [{ documentName: 'name', sending: 'second' }])
    await store.append(held, [anna.type('two')])
    const found = await (await again()).load(wopiSrc)
    assert.deepEqual([textOf(found), found?.sending, found?.contributors], ['one two', 'second', ['anna']])
  })

  test('a document that is stored again takes the place of what had been added', async () => {
    const { store, claim } = await create()
    const held = await claim(wopiSrc)
    const anna = typist('anna')
    await store.save(stored(anna.document), held)
    await store.append(held, [anna.type('one')])
    await store.save(stored(anna.document), held)
    const found = await store.load(wopiSrc)
    assert.deepEqual([textOf(found), found?.hasUnsaved, found?.contributors], ['one', false, []])
  })

  test('what was added to another document of the same file is not mixed into this one', async () => {
    const { store, claim } = await create()
    const held = await claim(wopiSrc)
    const anna = typist('anna')
    await store.save(stored(anna.document), held)
    await store.append(held, [typist('anna', 'another name').type('strange')])
    assert.equal(textOf(await store.load(wopiSrc)), '')
  })

  test('a document that is removed is gone with all that was added', async () => {
    const { store, claim } = await create()
    const held = await claim(wopiSrc)
    const anna = typist('anna')
    await store.save(stored(anna.document), held)
    await store.append(held, [anna.type('one')])
    await store.remove(held)
    assert.equal(await store.load(wopiSrc), undefined)
    await store.remove(held)
    await store.save(stored(new Y.Doc()), held)
    assert.equal(textOf(await store.load(wopiSrc)), '')
  })

  test('what is put aside is there to be fetched, until it is removed', async () => {
    const { store, again, claim } = await create()
    const held = await claim(wopiSrc)
    const anna = typist('anna')
    await store.save(stored(anna.document), held)
    await store.append(held, [anna.type('one')])
    await store.putAside(held)
    assert.equal(await store.load(wopiSrc), undefined)
    assert.equal(textOf(await (await again()).leftover(wopiSrc)), 'one')
    await store.removeLeftover(wopiSrc)
    assert.equal(await store.leftover(wopiSrc), undefined)
    await store.removeLeftover(wopiSrc)
  })

  test('of what is put aside one after the other, the last is found', async () => {
    const { store, claim } = await create()
    const held = await claim(wopiSrc)
    for (const words of ['first', 'second']) {
      const { document, type } = typist('anna')
      type(words)
      await store.save(stored(document), held)
      await store.putAside(held)
    }
    assert.equal(textOf(await store.leftover(wopiSrc)), 'second')
  })

  test('a name that is spent is known to be', async () => {
    const { store } = await create()
    assert.equal(await store.isSpent('name'), false)
    await store.spend('name')
    await store.spend('name')
    assert.deepEqual([await store.isSpent('name'), await store.isSpent('other')], [true, false])
  })

  test('whoever has lost the claim changes nothing', async () => {
    const { store, claim, takeOver } = await create()
    if (!takeOver) return
    const held = await claim(wopiSrc)
    const anna = typist('anna')
    anna.type('one')
    await store.save(stored(anna.document), held)
    await takeOver(held)
    const late = anna.type(' late')
    const tries = [
      () => store.append(held, [late]),
      () => store.save(stored(anna.document), held),
      () => store.remove(held),
      () => store.putAside(held),
    ]
    for (const tried of tries) await assert.rejects(tried, Fenced)
    assert.equal(textOf(await store.load(wopiSrc)), 'one')
    assert.equal(await store.leftover(wopiSrc), undefined)
  })

  test('what is added while another node takes over is either refused or found by that node', async () => {
    const { store, again, claim, takeOver } = await create()
    if (!takeOver) return
    const held = await claim(wopiSrc)
    await store.save(stored(new Y.Doc()), held)
    const there = await again()
    const kept: string[] = []
    const typing = Array.from({ length: 30 }, (_, index) => {
      const word = `${index} `
      // Each by somebody else, so that none is seen only with another one.
      return store.append(held, [typist(`writer ${index}`).type(word)]).then(
        () => kept.push(word),
        (cause) => assert.ok(cause instanceof Fenced),
      )
    })
    const found = takeOver(held).then(() => there.load(wopiSrc))
    await Promise.all(typing)
    const text = textOf(await found) ?? ''
    for (const word of kept) assert.ok(text.includes(word), `${word}was kept, and is in “${text}”`)
  })
}
