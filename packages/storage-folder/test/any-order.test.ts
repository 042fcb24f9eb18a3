import { mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Content, StoredFile } from '@openwopi/host'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OpenFolder } from '../src/open-folder.ts'
import { ann, bob, content, newFolder, openTestFolder, text, there } from './open-test-folder.ts'

/** A file as it must be. */
interface Expected {
  id: string
  path: string
  words: string
  version: string
  /** What was saved through the storage, or kept by it, and so must be in the history. */
  readonly history: string[]
  /** The present content is one that would be squashed into the next autosave of this person. */
  squashable?: string
}

/** The folder, what must be in it, and all that has ever been seen. */
interface World {
  folder: OpenFolder
  readonly path: string
  readonly files: Expected[]
  readonly gone: string[]
  /** What each version of each file was. */
  readonly seen: Map<string, string>
  count: number
  /** Ends the saves that crashes have left hanging. */
  readonly hanging: (() => Promise<void>)[]
}

type Step = (world: World, a: number, b: number) => Promise<void>

const folders = ['', 'one/', 'one/two/']
const pick = <T>(all: readonly T[], number: number): T | undefined => all[number % all.length]
/** Words of a length that no others have, so that a change shows even to a clock that is coarse. */
const newWords = (world: World) => `${++world.count} `.padEnd(8 + world.count, '.')
const newPath = (world: World, number: number) => `${pick(folders, number)}file ${++world.count}.txt`
const at = (world: World, path: string) => join(world.path, path)

async function find(world: World, file: Expected): Promise<StoredFile> {
  const found = there(await world.folder.storage.find(file.id))
  const names = (await world.folder.containers.ancestors(found.id)).slice(1).map(({ name }) => name)
  expect([...names, found.name].join('/')).toBe(file.path)
  const words = await text(await world.folder.storage.read(found))
  expect(words).toBe(file.words)
  const known = `${found.id} ${found.version}`
  expect(world.seen.get(known) ?? words).toBe(words)
  world.seen.set(known, words)
  return found
}

const steps: Record<string, Step> = {
  async create(world, a) {
    const path = newPath(world, a)
    const words = newWords(world)
    const parent = path.includes('/')
      ? there(await world.folder.containers.find(await folderId(world, path)))
      : { id: 'root' }
    const made = there(
      await world.folder.storage.create(parent.id, [path.slice(path.lastIndexOf('/') + 1)], content(words), ann),
    )
    world.files.push({ id: made.id, path, words, version: made.version, history: [words] })
  },
  async appear(world, a) {
    const path = newPath(world, a)
    const words = newWords(world)
    writeFileSync(at(world, path), words)
    const file = there(await world.folder.byPath(path))
    expect([...world.files.map(({ id }) => id), ...world.gone]).not.toContain(file.id)
    world.files.push({ id: file.id, path, words, version: file.version, history: [] })
  },
  async save(world, a, b) {
    const file = pick(world.files, a)
    if (!file) return
    const before = await find(world, file)
    const change = { ...(b % 2 ? ann : bob), ...(b % 3 === 0 && { isAutosave: true }) }
    const words = newWords(world)
    const saved = there(await world.folder.storage.write(before, content(words), change))
    expect(saved.version).not.toBe(before.version)
    const isSquashed = change.isAutosave && file.squashable === change.by.id
    if (isSquashed) file.history.pop()
    else if (file.history.at(-1) !== file.words) file.history.push(file.words)
    if (change.isAutosave) file.squashable = change.by.id
    else delete file.squashable
    file.history.push(words)
    Object.assign(file, { words, version: saved.version })
  },
  async rename(world, a) {
    const file = pick(world.files, a)
    if (!file) return
    const name = `renamed ${++world.count}.txt`
    const renamed = there(await world.folder.storage.rename(await find(world, file), name))
    expect(renamed.version).toBe(file.version)
    file.path = file.path.slice(0, file.path.lastIndexOf('/') + 1) + name
  },
  async moveOutside(world, a, b) {
    const file = pick(world.files, a)
    if (!file) return
    const path = newPath(world, b)
    renameSync(at(world, file.path), at(world, path))
    file.path = path
  },
  async swapOutside(world, a, b) {
    const [one, other] = [pick(world.files, a), pick(world.files, b)]
    if (!one || !other || one === other) return
    renameSync(at(world, one.path), at(world, '.aside'))
    renameSync(at(world, other.path), at(world, one.path))
    renameSync(at(world, '.aside'), at(world, other.path))
    ;[one.path, other.path] = [other.path, one.path]
  },
  async replaceOutside(world, a) {
    const file = pick(world.files, a)
    if (!file) return
    change(world, file)
    writeFileSync(at(world, '.temporary'), file.words)
    renameSync(at(world, '.temporary'), at(world, file.path))
  },
  async editOutside(world, a) {
    const file = pick(world.files, a)
    if (!file) return
    change(world, file)
    writeFileSync(at(world, file.path), file.words)
  },
  /** The same bytes, with another time or as another file. What was saved here is known by its hash. */
  async rewriteOutside(world, a, b) {
    const file = pick(world.files, a)
    if (!file) return
    const before = await find(world, file)
    const path = at(world, b % 3 === 0 ? '.temporary' : file.path)
    if (b % 3 < 2) writeFileSync(path, file.words)
    else utimesSync(path, b, b)
    if (b % 3 === 0) renameSync(path, at(world, file.path))
    if (before.changedOutside && before.sha256 === undefined) change(world, file, file.words)
    else expect(await find(world, file)).toEqual(before)
  },
  async deleteOutside(world, a) {
    const file = pick(world.files, a)
    if (!file) return
    rmSync(at(world, file.path))
    world.files.splice(world.files.indexOf(file), 1)
    world.gone.push(file.id)
  },
  async removeAndRestore(world, a) {
    const file = pick(world.files, a)
    if (!file) return
    expect(await world.folder.storage.remove(await find(world, file), ann)).toBe(true)
    expect(await world.folder.storage.find(file.id)).toBeUndefined()
    expect((await world.folder.trash.restore(file.id))?.version).toBe(file.version)
  },
  async list(world, a) {
    const folder = pick(folders, a) ?? ''
    const { files } = await world.folder.containers.children(folder ? await folderId(world, folder) : 'root', {
      limit: 100,
    })
    const names = world.files.filter(({ path }) => path.startsWith(folder) && !path.slice(folder.length).includes('/'))
    expect(files.map(({ name }) => folder + name).sort()).toEqual(names.map(({ path }) => path).sort())
  },
  async restart(world) {
    await world.folder.close()
    world.folder = await openTestFolder({ folder: world.path })
  },
  /** The process is gone in the middle of a save: nothing is closed, and the rest of the content never comes. */
  async crash(world, a) {
    const file = pick(world.files, a)
    const before = file && (await find(world, file))
    if (before) await hang(world, before)
    world.folder = await openTestFolder({ folder: world.path })
  },
}

async function hang(world: World, file: StoredFile): Promise<void> {
  let end: (error: Error) => void = () => {}
  const never = new Promise<never>((_, reject) => {
    end = reject
  })
  const { storage } = world.folder
  await new Promise<void>((isHalf) => {
    async function* half(): Content {
      yield Buffer.from('the first half')
      isHalf()
      await never
    }
    const writing = storage.write(file, half(), ann)
    world.hanging.push(async () => {
      end(new Error('the process is gone'))
      await expect(writing).rejects.toThrow('the process is gone')
    })
  })
}

function change(world: World, file: Expected, words = newWords(world)): void {
  // What was saved is lost where another program writes over it, but for what had been kept before.
  if (file.history.at(-1) === file.words) file.history.pop()
  file.words = words
  delete file.squashable
}

async function folderId(world: World, path: string): Promise<string> {
  let id = 'root'
  for (const name of path.split('/').slice(0, -1)) {
    const { containers } = await world.folder.containers.children(id, { limit: 100 })
    id = there(containers.find((each) => each.name === name)).id
  }
  return id
}

async function check(world: World): Promise<void> {
  for (const id of world.gone) expect(await world.folder.storage.find(id)).toBeUndefined()
  for (const file of world.files) {
    const found = await find(world, file)
    file.version = found.version
    expect(readFileSync(at(world, file.path), 'utf8')).toBe(file.words)
  }
}

async function checkHistory(world: World): Promise<void> {
  for (const file of world.files) {
    const versions = await world.folder.versions.list(file.id)
    const words = await Promise.all(
      versions.map(async ({ version }) => text(await world.folder.versions.read(file.id, version))),
    )
    const expected = file.history.at(-1) === file.words ? file.history : [...file.history, file.words]
    expect(words.reverse()).toEqual(expected)
  }
}

test('Whatever is done inside and outside, in whatever order: ids stay, versions never come again, nothing saved is lost.', async () => {
  const step = fc.record({ what: fc.constantFrom(...Object.keys(steps)), a: fc.nat(50), b: fc.nat(50) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (all) => {
      const path = newFolder()
      mkdirSync(join(path, 'one/two'), { recursive: true })
      const world: World = {
        folder: await openTestFolder({ folder: path }),
        path,
        files: [],
        gone: [],
        seen: new Map(),
        count: 0,
        hanging: [],
      }
      for (let count = 0; count < 3; count++) await steps['create']?.(world, count, 0)
      for (const { what, a, b } of all) {
        await steps[what]?.(world, a, b)
        await check(world)
      }
      await checkHistory(world)
      for (const end of world.hanging) await end()
    }),
    { numRuns: 15 },
  )
}, 300_000)
