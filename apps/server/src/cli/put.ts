import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { FileClient } from '@openwopi/client'
import { type Content, WopiError } from '@openwopi/protocol'
import type { Command } from 'commander'
import { CommandError } from './command-error.ts'
import { fileFailure } from './file-failure.ts'
import { withProgress } from './progress.ts'
import { printable } from './text.ts'
import { callHost, type WopiCallFlags, wopiCommand } from './wopi-call.ts'

interface PutFlags extends WopiCallFlags {
  /** `false`: `--no-lock`. Absent: one is taken for as long as the writing takes. */
  readonly lock?: string | false
}

interface Source {
  readonly name: string
  readonly content: Content
  /** Bytes. `undefined`: not known before the end. */
  readonly size?: number
}

/** `openwopi put`: gives a file new content. */
export function put(program: Command): void {
  wopiCommand(program, 'put')
    .summary('Give a file new content.')
    .description('Gives a file at the host new content: that of FILE, or what comes from standard input.')
    .argument('<FILE>', 'Where to read it; - for standard input.')
    .option('--lock <ID>', 'The lock that the file is held with; without it, the file is locked while it is written.')
    .option('--no-lock', 'Write without a lock, which hosts allow for empty files.')
    .action(async (wopiSrc: string, path: string, flags: PutFlags) => {
      const version = await callHost(wopiSrc, flags, async (file) => {
        const source = await sourceOf(path)
        return withLock(file, flags.lock, (lock) => send(file, source, lock))
      })
      process.stdout.write(`Saved${version === undefined ? '' : ` as version ${printable(version)}`}.\n`)
    })
}

async function sourceOf(path: string): Promise<Source> {
  if (path === '-') return { name: 'standard input', content: process.stdin }
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw fileFailure(path, 'read', error)
  })
  const found = await file.stat()
  if (!found.isFile()) {
    await file.close()
    throw new CommandError(`${path} is not a file.`)
  }
  return { name: basename(path), content: file.createReadStream(), size: found.size }
}

async function send(
  file: FileClient,
  { name, content, size }: Source,
  lock: string | undefined,
): Promise<string | undefined> {
  const shown = withProgress(`Sending ${printable(name)}`, content, size)
  const { version } = await file.putFile({ content: shown, ...(lock && { lock }), ...(size !== undefined && { size }) })
  return version
}

/** Runs `write` under the lock that was given, or under one that is held for as long as it takes. */
async function withLock<T>(
  file: FileClient,
  asked: string | false | undefined,
  write: (lock: string | undefined) => Promise<T>,
): Promise<T> {
  if (asked !== undefined) return write(asked || undefined)
  const lock = randomUUID()
  const isLocked = await tryLock(file, lock)
  try {
    return await write(isLocked ? lock : undefined)
  } finally {
    if (isLocked) await release(file, lock)
  }
}

/** Whether the content was saved does not hang on this: a lock ends by itself. */
async function release(file: FileClient, lock: string): Promise<void> {
  await file.unlock({ lock }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    process.stderr.write(`openwopi: The file stays locked for up to 30 minutes: ${printable(why)}.\n`)
  })
}

/** `false`: the host has no locks. */
async function tryLock(file: FileClient, lock: string): Promise<boolean> {
  try {
    await file.lock({ lock })
    return true
  } catch (error) {
    if (WopiError.is(error, 'NotImplemented')) return false
    throw error
  }
}
