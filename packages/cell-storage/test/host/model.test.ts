import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CellDocument, type CellResult, createClient, openCells } from '@openwopi/client'
import { memoryFolders, type Storage } from '@openwopi/host'
import { sqliteCells } from '@openwopi/storage-sql'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { type CellStore, cellFaults } from '../../src/index.ts'
import { openWorld } from './world.ts'

/** Where a host stops for good: before the bytes are in the storage, or once they are, but the cells do not know it. */
type Crash = 'before the file' | 'before the cells'

/** A storage and a store of cells in which work stops where it was told to, and never goes on. */
async function crashing() {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-model-'))
  const path = join(folder, 'cells.db')
  const open = () => sqliteCells({ path, exists: async () => true })
  let kept = await open()
  onTestFinished(async () => {
    await kept.close()
    rmSync(folder, { recursive: true, force: true })
  })
  let armed: Crash | undefined
  let died = () => {}
  let hasWritten = false
  let together: { left: number; readonly all: Promise<void>; readonly go: () => void } | undefined
  const stopAt = (here: Crash, isHere = true) => {
    if (armed !== here || !isHere) return undefined
    armed = undefined
    died()
    return new Promise<never>(() => {})
  }
  const { storage } = memoryFolders()
  const store: CellStore = {
    read: (place) => kept.store.read(place),
    swap: async (...asked) => (await stopAt('before the cells', hasWritten)) ?? kept.store.swap(...asked),
    forget: (place) => kept.store.forget(place),
  }
  const write: Storage['write'] = async (...asked) => {
    await stopAt('before the file')
    if (together && --together.left <= 0) together.go()
    await together?.all
    const written = await storage.write(...asked)
    hasWritten = written !== undefined
    return written
  }
  return {
    store,
    storage: { ...storage, write },
    /** Resolves once work has stopped. */
    arm(crash: Crash): Promise<void> {
      armed = crash
      hasWritten = false
      return new Promise((resolve) => {
        died = resolve
      })
    },
    /** The next so many writes wait for each other, so that each of them begins before any of them ends. */
    meet(count: number) {
      let go = () => {}
      const all = new Promise<void>((resolve) => {
        go = resolve
      })
      together = { left: count, all, go }
    },
    async reopen() {
      armed = undefined
      await kept.close()
      kept = await open()
    },
  }
}

/** A client, with the number of the content that it has seen last. */
interface Client {
  document: CellDocument
  seen: number
}

async function model(clientCount: number) {
  const parts = await crashing()
  const world = await openWorld(parts)
  const file = await world.make('a.docx', 'the first content')
  /** What the file is, and the how-manieth content that is. */
  const truth = { text: 'the first content', number: 0 }
  const wopiSrc = `${world.url}/files/${file.id}`
  const cellsOf = () => openCells(createClient({ wopiSrc, accessToken: world.tokenFor(file) }))
  const clients: Client[] = []

  const committed = (text: string) => Object.assign(truth, { text, number: truth.number + 1 })
  async function open(): Promise<Client> {
    const opened = await cellsOf().open()
    if (opened.is === 'refused') throw new Error(opened.code)
    return { document: opened.document, seen: truth.number }
  }
  for (let count = 0; count < clientCount; count++) clients.push(await open())
  const client = (index: number): Client => clients[index % clients.length] ?? expect.fail('there is no client')
  const textOf = ({ document }: Client) => Buffer.from(document.content).toString()

  /** Nobody undoes what they have not seen: a put is taken from who has seen everything, and refused to all others. */
  function judge(who: Client, text: string, result: CellResult): void {
    if (who.seen !== truth.number) {
      expect(result).toMatchObject({ is: 'refused', fault: { code: cellFaults.CoherencyFailure } })
      return
    }
    expect(result).toMatchObject({ is: 'done' })
    committed(text)
    who.seen = truth.number
  }

  return {
    client,
    clients,
    truth,
    async check() {
      expect(await world.textOf(file)).toBe(truth.text)
    },
    async update(index: number) {
      const who = client(index)
      const isNews = who.seen !== truth.number
      expect(await who.document.update()).toEqual({ is: 'done', hasChanged: isNews })
      who.seen = truth.number
      expect(textOf(who)).toBe(truth.text)
    },
    async reopen(index: number) {
      const who = await open()
      expect(textOf(who)).toBe(truth.text)
      clients[index % clients.length] = who
    },
    async put(index: number, text: string) {
      const who = client(index)
      judge(who, text, await who.document.put(Buffer.from(text)))
    },
    /** All clients put at once: of those that have seen everything one is taken, the others are refused. */
    async putAll(text: string) {
      const before = truth.number
      const texts = clients.map((_, index) => `${text} by ${index}`)
      parts.meet(clients.filter(({ seen }) => seen === before).length)
      const puts = clients.map(({ document }, index) => document.put(Buffer.from(texts[index] ?? '')))
      const done = (await Promise.all(puts)).flatMap(({ is }, index) => (is === 'done' ? [index] : []))
      const hasAny = clients.some(({ seen }) => seen === before)
      expect(done).toHaveLength(hasAny ? 1 : 0)
      for (const index of done) {
        expect(client(index).seen).toBe(before)
        committed(texts[index] ?? '')
        client(index).seen = truth.number
      }
    },
    async putFile(text: string) {
      const plain = createClient({ wopiSrc, accessToken: world.tokenFor(file) })
      await plain.lock({ lock: 'A' })
      await plain.putFile({ lock: 'A', content: Buffer.from(text) })
      await plain.unlock({ lock: 'A' })
      committed(text)
    },
    async crash(index: number, text: string, where: Crash) {
      const who = client(index)
      const died = parts.arm(where)
      const put = who.document.put(Buffer.from(text))
      const outcome = await Promise.race([put, died.then(() => 'died' as const)])
      if (outcome === 'died') {
        // Bytes that are in the storage are the file, whoever has heard of it.
        if (where === 'before the cells') committed(text)
        world.restart()
        await expect(put).rejects.toThrow()
      } else judge(who, text, outcome)
      await parts.reopen()
    },
  }
}

type Model = Awaited<ReturnType<typeof model>>

const index = fc.nat({ max: 2 })
const crash = fc.constantFrom<Crash>('before the file', 'before the cells')

/** What may happen, each with a text that nothing else brings. */
const happening = fc.oneof(
  index.map((who) => (run: Model) => run.update(who)),
  index.map((who) => (run: Model) => run.reopen(who)),
  index.map((who) => (run: Model, text: string) => run.put(who, text)),
  index.map((who) => (run: Model, text: string) => run.put(who, text)),
  fc.constant((run: Model, text: string) => run.putAll(text)),
  fc.constant((run: Model, text: string) => run.putFile(text)),
  fc.tuple(index, crash).map(
    ([who, where]) =>
      (run: Model, text: string) =>
        run.crash(who, text, where),
  ),
)

/** Contents that have much in common, and are long enough to be cut. */
const textFor = (step: number, seed: number) => {
  const lines = Array.from({ length: 1 + (seed % 200) }, (_, line) => `line ${line} of a document that people share`)
  lines.splice(seed % lines.length, 1, `what step ${step} has brought`)
  return lines.join('\n')
}

test('Clients that edit one file converge, undo nothing that they have not seen, and GetFile returns the last committed bytes, whatever crashes in between.', {
  timeout: 480_000,
}, async () => {
  const steps = fc.array(fc.tuple(happening, fc.nat({ max: 10_000 })), { minLength: 4, maxLength: 14 })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 3 }), steps, async (count, happenings) => {
      const run = await model(count)
      for (const [step, [happen, seed]] of happenings.entries()) {
        await happen(run, textFor(step, seed))
        await run.check()
      }
      for (const which of run.clients.keys()) await run.update(which)
      await run.reopen(0)
    }),
    { numRuns: 25 },
  )
})
