import { describe, expect, test } from 'vitest'
import type { CellResult } from '../../src/index.ts'
import { aCellHost } from './a-cell-host.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString()

/** What was asked for, which was not refused. */
function done<T extends object>(result: CellResult<T>): { readonly is: 'done' } & T {
  if (result.is === 'refused') throw new Error(JSON.stringify(result))
  return result
}

/** Bytes that no two of which look alike, the same for a seed. */
function noise(size: number, seed = 1): Uint8Array {
  let x = seed
  return Uint8Array.from({ length: size }, () => {
    x = (Math.imul(x, 1_103_515_245) + 12_345) & 0x7fffffff
    return (x >> 16) & 255
  })
}

/** `bytes` with some others in place of what is at a place. */
function spliced(bytes: Uint8Array, at: number, put: Uint8Array, taken = put.byteLength): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + taken)])
}

describe.each(['bare', 'soap'] as const)('A document in its cells, asked for in the form %s', (form) => {
  test('opens, is put, and is what others open then', async () => {
    const host = await aCellHost(utf8('first'))
    const { document } = done(await host.cells('ann', { form }).open())
    expect(textOf(document.content)).toBe('first')
    expect(document.knowledge).toBeDefined()
    expect(done(await document.put(utf8('second')))).toEqual({ is: 'done', sentBytes: 6 })
    expect(textOf(host.file.bytes())).toBe('second')
    expect(textOf(document.content)).toBe('second')
    expect(textOf(done(await host.cells('bob', { form }).open()).document.content)).toBe('second')
    expect(host.errors).toEqual([])
  })

  test('is made where there is no file, once', async () => {
    const host = await aCellHost()
    expect(await host.cells('ann', { form }).open()).toMatchObject({
      is: 'refused',
      code: 'CellRequestFail',
      fault: { kind: 'result', code: 0x80070002 },
    })
    const { document } = done(await host.cells('ann', { form }).create(utf8('made')))
    expect(textOf(host.file.bytes())).toBe('made')
    expect(await host.cells('bob', { form }).create(utf8('made too'))).toMatchObject({
      is: 'refused',
      fault: { kind: 'cell', code: 12 },
    })
    done(await document.put(utf8('put again')))
    expect(textOf(host.file.bytes())).toBe('put again')
  })

  test('is told another name where a file is there already, and the host knows one', async () => {
    const host = await aCellHost(utf8('theirs'), { offers: { freeName: async () => 'a (2).docx' } })
    const late = await host.cells('ann', { form }).create(utf8('mine'))
    expect(late).toMatchObject({ is: 'refused', code: 'CellRequestFail', suggestedName: 'a (2).docx' })
    expect(textOf(host.file.bytes())).toBe('theirs')
  })

  test('is put with what the client says of it, which is told again', async () => {
    const host = await aCellHost(utf8('first'))
    const cells = host.cells('ann', { form })
    const { document } = done(await cells.open())
    const modifiedAt = Date.UTC(2020, 2, 2)
    done(
      await document.put(utf8('second'), {
        modifiedAt,
        contentChangeUnit: 'u "1"',
        clientFileId: 'c1',
        amongOthers: true,
      }),
    )
    expect(document.state.modifiedAt).toBe(modifiedAt)
    const facts = done(await cells.docMetaInfo()).document
    expect([facts.get('vti_contentchangeunit'), facts.get('vti_clientid')]).toEqual(['SR|u "1"', 'SR|c1'])
  })

  test('an empty file opens, is filled, and is emptied', async () => {
    const host = await aCellHost(new Uint8Array())
    const { document } = done(await host.cells('ann', { form }).open())
    expect(document.content.byteLength).toBe(0)
    done(await document.put(utf8('filled')))
    expect(textOf(host.file.bytes())).toBe('filled')
    done(await document.put(new Uint8Array()))
    expect(host.file.bytes()?.byteLength).toBe(0)
    expect(done(await host.cells('bob', { form }).open()).document.content.byteLength).toBe(0)
  })
})

describe('What is sent', () => {
  test('of a change in the middle of a large file, the chunk that it is in', async () => {
    const before = noise(1_000_000)
    const host = await aCellHost(before)
    const { document } = done(await host.cells().open())
    const after = spliced(before, 500_000, utf8('changed'))
    const { sentBytes } = done(await document.put(after))
    expect(sentBytes).toBeLessThanOrEqual(2 * 65_535)
    expect(host.sizes.at(-1)).toBeLessThan(250_000)
    expect(host.file.bytes()?.equals(after)).toBe(true)
  })

  test('chunks that have moved are not sent again', async () => {
    const before = noise(600_000)
    const host = await aCellHost(before)
    const { document } = done(await host.cells().open())
    const after = spliced(before, 0, utf8('something before it'), 0)
    expect(done(await document.put(after)).sentBytes).toBe(19)
    expect(host.file.bytes()?.equals(after)).toBe(true)
    const again = Buffer.concat([after, before.subarray(0, 200_000)])
    expect(done(await document.put(again)).sentBytes).toBeLessThan(100_000)
    expect(host.file.bytes()?.equals(again)).toBe(true)
  })

  test('after a put by this client, nothing of it comes back; of one by another, what is new', async () => {
    const before = noise(400_000)
    const host = await aCellHost(before)
    const [ann, bob] = [done(await host.cells('ann').open()), done(await host.cells('bob').open())]
    const after = spliced(before, 200_000, utf8('by Ann'))
    done(await ann.document.put(after))
    expect(done(await ann.document.update()).hasChanged).toBe(false)
    expect(done(await bob.document.update()).hasChanged).toBe(true)
    expect(Buffer.from(bob.document.content).equals(after)).toBe(true)
    const final = spliced(after, 10, utf8('by Bob'))
    done(await bob.document.put(final))
    expect(host.file.bytes()?.equals(final)).toBe(true)
  })

  test('a large answer may be asked for piece by piece', async () => {
    const content = noise(700_000)
    const host = await aCellHost(content)
    const { document } = done(await host.cells('ann', { mostBytes: 100_000 }).open())
    expect(Buffer.from(document.content).equals(Buffer.from(content))).toBe(true)
    expect(host.sizes.length).toBeGreaterThan(3)
  })
})

describe('Two who change the same file', () => {
  test('the later one is refused, updates, and puts again', async () => {
    const host = await aCellHost(utf8('first'))
    const [ann, bob] = [done(await host.cells('ann').open()), done(await host.cells('bob').open())]
    done(await ann.document.put(utf8('by Ann')))
    expect(await bob.document.put(utf8('by Bob'))).toMatchObject({
      is: 'refused',
      code: 'CellRequestFail',
      fault: { kind: 'cell', code: 12 },
    })
    expect(textOf(host.file.bytes())).toBe('by Ann')
    done(await bob.document.update())
    expect(textOf(bob.document.content)).toBe('by Ann')
    done(await bob.document.put(utf8('by Ann and Bob')))
    expect(textOf(host.file.bytes())).toBe('by Ann and Bob')
  })

  test('a change by another way is refused as well, and then seen', async () => {
    const host = await aCellHost(utf8('first'))
    const { document } = done(await host.cells().open())
    host.file.change(utf8('from elsewhere'))
    expect(await document.put(utf8('mine'))).toMatchObject({ is: 'refused', fault: { kind: 'cell', code: 12 } })
    expect(textOf(host.file.bytes())).toBe('from elsewhere')
    expect(done(await document.update()).hasChanged).toBe(true)
    expect(textOf(document.content)).toBe('from elsewhere')
  })

  test('puts of one document wait for each other', async () => {
    const host = await aCellHost(utf8('first'))
    const { document } = done(await host.cells().open())
    const results = await Promise.all(['a', 'b', 'c'].map((text) => document.put(utf8(text))))
    expect(results.map(({ is }) => is)).toEqual(['done', 'done', 'done'])
    expect(textOf(host.file.bytes())).toBe('c')
  })

  test('who only reads is refused', async () => {
    const host = await aCellHost(utf8('first'))
    const { document } = done(await host.cells('reader').open())
    expect(await document.put(utf8('mine'))).toMatchObject({ is: 'refused' })
    expect(textOf(host.file.bytes())).toBe('first')
  })
})

describe('Working together', () => {
  const clientId = '{11111111-0000-0000-0000-000000000001}'
  const other = '{11111111-0000-0000-0000-000000000002}'
  const exclusiveLockId = '22222222-3333-4444-5555-666666666666'

  test('the first is alone, the second is not, and both put', async () => {
    const host = await aCellHost(utf8('first'))
    const [ann, bob] = [host.cells('ann'), host.cells('bob')]
    const first = done(await ann.join({ clientId }))
    expect(first).toMatchObject({ lockType: 'SchemaLock', status: 'Alone' })
    expect(done(await ann.amIAlone(first.transitionId ?? ''))).toEqual({ is: 'done', isAlone: true })
    expect(done(await bob.join({ clientId: other }))).toMatchObject({ status: 'Coauthoring' })
    expect(done(await ann.status()).status).toBe('Coauthoring')
    expect(done(await ann.amIAlone(first.transitionId ?? '')).isAlone).toBe(false)
    const { document } = done(await ann.open())
    done(await document.put(utf8('by Ann')))
    const { document: bobs } = done(await bob.open())
    done(await bobs.put(utf8('by Bob')))
    expect(textOf(host.file.bytes())).toBe('by Bob')
    done(await bob.refresh())
    done(await bob.leave())
    done(await ann.markTransitionComplete())
    expect(done(await ann.amIAlone(first.transitionId ?? '')).isAlone).toBe(true)
    done(await ann.convertToExclusive({ exclusiveLockId }))
    expect(await bob.join({ clientId: other })).toEqual({
      is: 'refused',
      code: 'FileAlreadyLockedOnServer',
      message: 'ann',
    })
    done(await ann.exclusiveLock.release(exclusiveLockId))
    done(await bob.join({ clientId: other }))
  })

  test('who has an exclusive lock puts, and others neither put nor lock', async () => {
    const host = await aCellHost(utf8('first'))
    const [ann, bob] = [host.cells('ann'), host.cells('bob')]
    done(await ann.exclusiveLock.get({ exclusiveLockId }))
    const { document } = done(await bob.open())
    expect(await document.put(utf8('by Bob'))).toMatchObject({
      is: 'refused',
      code: 'FileAlreadyLockedOnServer',
      message: 'ann',
      fault: { kind: 'result', code: 0x80070021 },
    })
    expect(await bob.schemaLock.check()).toMatchObject({ is: 'refused', code: 'FileAlreadyLockedOnServer' })
    expect(done(await bob.lockStatus())).toMatchObject({ lockType: 'ExclusiveLock', by: 'ann' })
    done(await done(await ann.open()).document.put(utf8('by Ann')))
    done(await ann.exclusiveLock.refresh({ exclusiveLockId }))
    expect(done(await ann.exclusiveLock.convertToCoauthoring(exclusiveLockId, { clientId })).status).toBe('Alone')
    done(await bob.schemaLock.get({ clientId: other }))
    done(await bob.schemaLock.release({ clientId: other }))
    expect(textOf(host.file.bytes())).toBe('by Ann')
  })

  test('where nobody may work together, who joins has the file alone if they say by which lock', async () => {
    const host = await aCellHost(utf8('first'), { allowsCoauth: false })
    const cells = host.cells()
    expect(await cells.join({ clientId })).toMatchObject({ is: 'refused', code: 'FileNotLockedOnServer' })
    expect(done(await cells.join({ clientId, exclusiveLockId }))).toMatchObject({
      lockType: 'ExclusiveLock',
      reason: 'CoauthoringDisabled',
    })
    done(await done(await cells.open()).document.put(utf8('alone')))
    expect(textOf(host.file.bytes())).toBe('alone')
  })

  test('the table of editors says who has the file open, and what they let others know', async () => {
    const host = await aCellHost(utf8('first'), { now: () => 1_700_000_000_000 })
    const [ann, bob] = [host.cells('ann'), host.cells('bob')]
    expect(done(await ann.editors.read()).editors).toEqual([])
    done(await ann.editors.join({ clientId: 'a', timeout: 7200 }))
    done(await ann.editors.set('a', 'k1', utf8('what I do')))
    done(await bob.join({ clientId: 'b' }))
    const { editors } = done(await bob.editors.read())
    expect(editors.map(({ clientId: id, name, canWrite }) => [id, name, canWrite])).toEqual([
      ['a', 'ann', true],
      ['b', 'bob', true],
    ])
    expect(editors[0]).toMatchObject({ login: 'ann', expiresAt: 1_700_000_000_000 + 7200_000 })
    expect(textOf(editors[0]?.metadata.get('k1'))).toBe('what I do')
    done(await ann.editors.remove('a', 'k1'))
    done(await ann.editors.leave('a'))
    expect(done(await bob.editors.read()).editors.map(({ clientId: id }) => id)).toEqual(['b'])
    expect(await ann.editors.set('a', 'k1', utf8('x'))).toMatchObject({ code: 'EditorClientIdNotFound' })
  })
})

describe('About a file', () => {
  test('who asks, and what time it is', async () => {
    const host = await aCellHost(utf8('first'), { now: () => 1_700_000_000_123 })
    const cells = host.cells('ann')
    expect(done(await cells.whoAmI())).toEqual({ is: 'done', login: 'ann', name: 'ann', isAnonymous: false })
    expect(done(await cells.serverTime()).now).toBe(1_700_000_000_123)
  })

  test('what is known of the document, with the types of its facts', async () => {
    const host = await aCellHost(utf8('first'))
    const { document } = done(await host.cells().docMetaInfo())
    expect(document.get('vti_filesize')).toBe('IR|5')
  })

  test('what the file was before, the newest first, where the host keeps that', async () => {
    const listed = [
      { version: 'v2', size: 5, modifiedAt: 1_700_000_000_000, by: { login: 'bob', name: 'Bob' } },
      { version: 'v1', size: 3, modifiedAt: 1_600_000_000_000 },
    ]
    const versions = { list: async () => listed, read: async () => undefined, restore: async () => 'notKept' as const }
    const { versions: told } = done(await (await aCellHost(utf8('first'), { offers: { versions } })).cells().versions())
    expect(told.map(({ isCurrent, size }) => [isCurrent, size])).toEqual([
      [true, 5],
      [false, 3],
    ])
    expect(told[0]?.createdBy).toBe('Bob')
    expect(await (await aCellHost(utf8('first'))).cells().versions()).toMatchObject({ code: 'RequestNotSupported' })
  })

  test('what the host tells beside the content, and another name for the file, where it has that', async () => {
    const names: string[] = []
    const rename = async (name: string) => {
      names.push(name)
      return 'renamed' as const
    }
    const offers = { rename, properties: async () => ({ DocumentAccessToken: 'x' }) }
    const cells = (await aCellHost(utf8('first'), { offers })).cells()
    expect(done(await cells.propertyIds()).ids).toEqual(['DocumentAccessToken'])
    done(await cells.rename('b & c.docx'))
    expect(names).toEqual(['b & c.docx'])
    const plain = (await aCellHost(utf8('first'))).cells()
    expect(await plain.rename('b.docx')).toMatchObject({ is: 'refused', code: 'RequestNotSupported' })
    expect(await plain.propertyIds()).toMatchObject({ is: 'refused', code: 'RequestNotSupported' })
  })

  test('what the host does not have is refused by the code that the specification has for it', async () => {
    const cells = (await aCellHost(utf8('first'))).cells()
    const [unknown] = await cells.send([{ type: 'NoSuchThing' }])
    expect(unknown?.code).toBe('InvalidSubRequest')
  })

  test('sub-requests that depend on each other are carried out as they say', async () => {
    const cells = (await aCellHost(utf8('first'))).cells()
    const answers = await cells.send([
      { type: 'WhoAmI' },
      { type: 'ServerTime', dependsOn: { place: 0, how: 'OnFail' } },
      { type: 'ServerTime', dependsOn: { place: 0, how: 'OnSuccess' } },
    ])
    expect(answers.map(({ code }) => code)).toEqual([undefined, 'DependentOnlyOnFailRequestSucceeded', undefined])
  })
})
