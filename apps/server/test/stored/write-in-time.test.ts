import { memoryStorage, type Storage, type StoredFile } from '@openwopi/host'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createInTime, writeInTime } from '../../src/stored/write-in-time.ts'

const ann = { by: { id: 'ann', name: 'Ann' } }

async function* bytes(...texts: readonly string[]) {
  for (const text of texts) yield new TextEncoder().encode(text)
}

function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

async function world() {
  const storage = memoryStorage()
  const file = await storage.create('root', ['a.txt'], bytes('before'), ann)
  if (!file) throw new Error('it was not made')
  const text = async () => {
    const now = await storage.find(file.id)
    const chunks: Uint8Array[] = []
    for await (const chunk of (now && (await storage.read(now))) ?? []) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  }
  return { storage, file, text }
}

/** The same storage, which stands still once all bytes have come, until the gate opens. */
function slow({ write, create }: Storage, opened: Promise<void>) {
  const ends: Promise<unknown>[] = []
  async function* slowed(content: AsyncIterable<Uint8Array>) {
    yield* content
    await opened
  }
  const noted = <T>(work: Promise<T>) => {
    ends.push(work.catch(() => undefined))
    return work
  }
  const slowWrite: Storage['write'] = (file, content, change) => noted(write(file, slowed(content), change))
  const slowCreate: Storage['create'] = (parentId, names, content, change) =>
    noted(create(parentId, names, slowed(content), change))
  return { write: slowWrite, create: slowCreate, settled: () => Promise.all(ends) }
}

const within = (patience: number) => ({ patience, underWay: new Set<() => void>() })

test('a save that takes the storage too long fails, and changes nothing when the storage goes on', async () => {
  const { storage, file, text } = await world()
  const { open, opened } = gate()
  const { write, settled } = slow(storage, opened)
  await expect(writeInTime(write, within(20))(file, bytes('too late'), ann)).rejects.toThrow('took longer than')
  open()
  await settled()
  expect(await text()).toBe('before')
  expect((await storage.find(file.id))?.version).toBe(file.version)
})

test('a file that takes the storage too long to make is never there', async () => {
  const { storage } = await world()
  const { open, opened } = gate()
  const { create, settled } = slow(storage, opened)
  await expect(createInTime(create, within(20))('root', ['b.txt'], bytes('too late'), ann)).rejects.toThrow(
    'took longer',
  )
  open()
  await settled()
  expect(await storage.child('root', 'b.txt')).toBeUndefined()
})

test('a client with a slow line is waited for, and so is a save that has been allowed', async () => {
  const { storage, file, text } = await world()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const pause = () => vi.advanceTimersByTimeAsync(120)
  async function* slowly() {
    yield* bytes('one ')
    await pause()
    yield* bytes('two')
  }
  const late: Storage['write'] = (to, content, change) =>
    storage.write(to, content, {
      ...change,
      decide: async (present: StoredFile) => {
        const verdict = await change.decide?.(present)
        await pause()
        return verdict ?? 'refuse'
      },
    })
  expect(await writeInTime(late, within(60))(file, slowly(), ann)).toMatchObject({ size: 7 })
  expect(await text()).toBe('one two')
})

test('a body that breaks off is no fault of the storage', async () => {
  const { storage, file, text } = await world()
  async function* broken() {
    yield* bytes('half')
    throw new Error('the client has gone')
  }
  await expect(writeInTime(storage.write, within(1000))(file, broken(), ann)).rejects.toMatchObject({
    name: 'BrokenBody',
    cause: { message: 'the client has gone' },
  })
  expect(await text()).toBe('before')
})

test('a write that is given up fails, but not one that has been allowed to become visible', async () => {
  const limits = within(60_000)
  const { storage, file, text } = await world()
  const giveUpAll = () => {
    for (const giveUp of [...limits.underWay]) giveUp()
  }
  const given = writeInTime(() => new Promise(() => {}), limits)(file, bytes('in vain'), ann)
  giveUpAll()
  await expect(given).rejects.toThrow('the server stops')

  const late: Storage['write'] = (to, content, change) =>
    storage.write(to, content, {
      ...change,
      decide: async (present: StoredFile) => {
        const verdict = await change.decide?.(present)
        giveUpAll()
        return verdict ?? 'refuse'
      },
    })
  expect(await writeInTime(late, limits)(file, bytes('just in time'), ann)).toBeDefined()
  expect(await text()).toBe('just in time')
  expect(limits.underWay.size).toBe(0)
})
