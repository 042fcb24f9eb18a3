import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { StoredFile } from '@openwopi/host'
import { type FolderStorage, folderStorage } from '../src/index.ts'
import { program } from './built.ts'
import { isCarrying, sentBeside, sentContent } from './programs/sent-content.js'

/** What a storm of saves has shown: each broken promise in a sentence. */
export interface StormReport {
  readonly rounds: number
  /** Saves that were acknowledged. */
  readonly saved: number
  readonly broken: readonly string[]
}

/** When a process is killed. */
export interface Kill {
  readonly from: 'start' | 'first save'
  readonly milliseconds: number
}

/** What is known of a file from the outside. */
interface Known {
  id?: string
  sent: Set<number>
  saved: Map<string, number>
}

/**
 * Lets a process save files in `folder` without end, kills it as `killAfter` says, looks at what is
 * left, and begins again. Each file must equal one whole state that was sent, and every acknowledged one must be kept.
 */
export async function storm(folder: string, rounds: number, killAfter: (round: number) => Kill): Promise<StormReport> {
  const files = new Map<string, Known>()
  const broken: string[] = []
  for (let round = 0; round < rounds; round++) {
    await saveUntilKilled(folder, { first: 1 + round * 100_000, ...killAfter(round), files })
    broken.push(...(await look(folder, files)).map((sentence) => `round ${round}: ${sentence}`))
  }
  const saved = [...files.values()].reduce((sum, file) => sum + file.saved.size, 0)
  return { rounds, saved, broken }
}

interface Round extends Kill {
  readonly first: number
  readonly files: Map<string, Known>
}

async function saveUntilKilled(folder: string, { first, from, milliseconds, files }: Round): Promise<void> {
  const child = spawn(process.execPath, [program('keep-saving.js'), folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<string | number | null>((resolve) =>
    child.on('close', (code, signal) => resolve(signal ?? code)),
  )
  const kill = () => setTimeout(() => child.kill('SIGKILL'), milliseconds)
  let isCounted = from === 'start'
  if (isCounted) kill()
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, name = '', ...rest] = line.split(' ')
    take(files, name, [what ?? '', ...rest])
    if (what !== 'saved' || isCounted) continue
    isCounted = true
    kill()
  }
  const end = await ended
  if (end !== 'SIGKILL') throw new Error(`the program that saves has ended by itself: ${end}`)
}

function take(files: Map<string, Known>, name: string, [what, first, second]: readonly string[]): void {
  const file: Known = files.get(name) ?? { sent: new Set([0]), saved: new Map() }
  files.set(name, file)
  if (what === 'file' && file.id !== undefined && first !== file.id)
    throw new Error(`${name} was ${file.id} and is ${first}`)
  if (what === 'file' && first !== undefined) file.id = first
  if (what === 'sent') file.sent.add(Number(first))
  if (what !== 'saved' || second === undefined) return
  if (file.saved.has(second)) throw new Error(`${name} has had version ${second} before`)
  file.saved.set(second, Number(first))
}

async function look(folder: string, files: ReadonlyMap<string, Known>): Promise<string[]> {
  const broken: string[] = []
  const opened = await folderStorage({ folder, keepVersions: 100_000 })
  const { storage, versions, byPath, close } = opened
  for (const [name, { id, sent, saved }] of files) {
    const file = await byPath(name)
    if (!file || file.id !== id) {
      if (id !== undefined) broken.push(`${name} was ${id} and is ${file?.id}`)
      continue
    }
    const onDisk = readFileSync(join(folder, name))
    const number = [...sent].find((each) => onDisk.equals(sentContent(name, each)))
    const last = Math.max(0, ...saved.values())
    if (number === undefined) broken.push(`${name} is nothing that was sent`)
    else if (number < last) broken.push(`${name} is ${number}, but ${last} was acknowledged`)
    else if (!(await carries(opened, file, { name, number })))
      broken.push(`${name} is ${number}, and carries something else`)
    // The author of a new file that nobody has been told of may not be known.
    if (file.changedOutside && saved.size > 0) broken.push(`${name} is taken for changed by another program`)
    if (!(await bytesOf(storage.read(file))).equals(onDisk)) broken.push(`${name} is read as something else`)
    for (const [version, each] of saved)
      if (!(await bytesOf(versions.read(file.id, version))).equals(sentContent(name, each)))
        broken.push(`${name} was acknowledged as ${version} and cannot be read as that`)
  }
  await close()
  return broken
}

/** Whether a file carries what came with the save of its content, and nothing but that. */
async function carries(
  { streams }: FolderStorage,
  file: StoredFile,
  { name, number }: { name: string; number: number },
) {
  const carried = await streams.of(file)
  const values = carried?.properties.map(({ Value }) => Value)
  const [beside, ...more] = carried?.streams ?? []
  if (number === 0 || !isCarrying(number)) return values?.length === 0 && beside === undefined
  const isBeside = beside && (await bytesOf(streams.read(file, beside))).equals(sentBeside(name, number))
  return isBeside && more.length === 0 && values?.join() === String(number)
}

async function bytesOf(content: Promise<AsyncIterable<Uint8Array> | undefined>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of (await content) ?? []) chunks.push(chunk)
  return Buffer.concat(chunks)
}
