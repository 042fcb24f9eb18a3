import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Child, startChild } from './child.ts'
import type { Workplace } from './workplace.ts'

/** What a storm has come to. */
export interface StormOutcome {
  readonly rounds: number
  /** Saves that were answered 200. */
  readonly saved: number
  /** What was found wrong after a crash. Empty: nothing. */
  readonly wrong: readonly string[]
}

const lock = 'storm'
const writers = 6

/** One file, and everything that is known of it by having sent it. */
interface Writer {
  readonly name: string
  /** The number of the last content that was sent. Contents are numbered from 1. */
  sent: number
  /** The number of the last content whose save was answered 200. */
  saved: number
}

/** A content that shows which one it is, and whether all of it is there: its number over and over, of a length of its own. */
function contentOf(number: number): string {
  const line = `content ${number}\n`
  const length = 1 + ((number * 7919) % 40_000)
  return line.repeat(length)
}

/** Which content this is. `undefined`: none that was ever sent. */
function numberOf(content: string): number | undefined {
  const number = Number(/^content (\d+)\n/.exec(content)?.[1])
  return Number.isNaN(number) || content !== contentOf(number) ? undefined : number
}

const post = (host: Child, { name }: Writer, request: { path: '' | '/contents'; override: string; body?: string }) => {
  const address = host.ready.addresses?.[name]?.replace('?', `${request.path}?`) ?? ''
  return fetch(`http://127.0.0.1:${host.ready.port}${address}`, {
    method: 'POST',
    headers: { 'X-WOPI-Override': request.override, 'X-WOPI-Lock': lock },
    ...(request.body !== undefined && { body: request.body }),
  })
}

interface Watch {
  readonly isOver: () => boolean
  readonly onSave: () => void
}

/** Saves one content after the other until the host is gone. Throws at any answer other than 200. */
async function write(host: Child, writer: Writer, { isOver, onSave }: Watch): Promise<void> {
  while (!isOver()) {
    const number = ++writer.sent
    const request = { path: '/contents', override: 'PUT', body: contentOf(number) } as const
    const answer = await post(host, writer, request).catch(() => undefined)
    if (!answer) return
    if (answer.status !== 200) throw new Error(`a save of ${writer.name} was answered ${answer.status}`)
    writer.saved = number
    onSave()
  }
}

/** What is on disk must be one whole content, and none before the last one that was answered 200. */
async function faultOf({ folder }: Workplace, { name, sent, saved }: Writer): Promise<string | undefined> {
  const content = await readFile(join(folder, name), 'utf8')
  const found = numberOf(content)
  if (found === undefined) return `${name} holds ${content.length} bytes that were never sent so`
  if (found < saved) return `${name} holds content ${found}, though ${saved} was answered 200`
  return found > sent ? `${name} holds content ${found}, which was not sent` : undefined
}

/** When the host is killed: so many milliseconds after this. */
interface Kill {
  readonly from: 'start' | 'first save'
  readonly milliseconds: number
}

/** Kills the host after a while in which everybody saves as fast as they can, and looks at what is left. */
async function round(place: Workplace, all: readonly Writer[], { from, milliseconds }: Kill): Promise<string[]> {
  const { folder, dataFolder } = place
  const host = await startChild('host', { folder, dataFolder, names: all.map(({ name }) => name) })
  const isOver = { now: false }
  let onSave = () => {}
  const saved = new Promise<void>((resolve) => {
    onSave = resolve
  })
  const writing = all.map((writer) => write(host, writer, { isOver: () => isOver.now, onSave }))
  // A host that takes no save any more lets all writers end or fail.
  if (from === 'first save') await Promise.race([saved, Promise.all(writing)])
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
  isOver.now = true
  await host.kill()
  await Promise.all(writing)
  const faults = await Promise.all(all.map((writer) => faultOf(place, writer)))
  return faults.filter((fault) => fault !== undefined)
}

/** Everyone's lock is taken once: it has to outlive every crash, or the next save is refused. */
async function begin({ folder, dataFolder }: Workplace, all: readonly Writer[]): Promise<void> {
  for (const { name } of all) await writeFile(join(folder, name), contentOf(0))
  const host = await startChild('host', { folder, dataFolder, names: all.map(({ name }) => name) })
  for (const writer of all) {
    const { status } = await post(host, writer, { path: '', override: 'LOCK' })
    if (status !== 200) throw new Error(`Lock was answered ${status}`)
  }
  await host.kill()
}

/** What lies in the folder that should not, once a host has cleaned up after the last crash. */
async function leftovers({ folder, dataFolder }: Workplace, all: readonly Writer[]): Promise<string[]> {
  const host = await startChild('host', { folder, dataFolder, names: all.map(({ name }) => name) })
  await host.kill()
  const names = (await readdir(folder)).filter((name) => !all.some((writer) => writer.name === name))
  return names.map((name) => `${name} was left behind`)
}

/**
 * Kills a host with no warning, over and over, while several clients save their files as fast as they can. `chance` is
 * a number from 0 to 1, another each time.
 */
export async function storm(place: Workplace, rounds: number, chance: () => number): Promise<StormOutcome> {
  const all: Writer[] = Array.from({ length: writers }, (_, index) => ({ name: `${index}.txt`, sent: 0, saved: 0 }))
  await begin(place, all)
  const wrong: string[] = []
  for (let count = 1; count <= rounds; count++) {
    // On a machine that has much else to do, a host may be killed long before it has answered.
    const from = count % 4 === 0 ? 'start' : 'first save'
    const faults = await round(place, all, { from, milliseconds: 20 + 400 * chance() })
    wrong.push(...faults.map((fault) => `round ${count}: ${fault}`))
  }
  wrong.push(...(await leftovers(place, all)))
  return { rounds, saved: all.reduce((sum, { saved }) => sum + saved, 0), wrong }
}
