import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FileClient } from '@openwopi/client'
import type { Content } from '@openwopi/protocol'
import type { Command } from 'commander'
import { CommandError } from './command-error.ts'
import { fileFailure, isFileFailure } from './file-failure.ts'
import { withProgress } from './progress.ts'
import { printable, sizeText } from './text.ts'
import { callHost, type WopiCallFlags, wopiCommand } from './wopi-call.ts'

interface GetFlags extends WopiCallFlags {
  readonly out?: string
}

/** `openwopi get`: a file's content. */
export function get(program: Command): void {
  wopiCommand(program, 'get')
    .summary('Get the content of a file.')
    .description('Gets the content of a file and writes it to standard output, or to FILE.')
    .option('--out <FILE>', 'Where to write it; in a folder, under the name that the host gives it.')
    .action((wopiSrc: string, flags: GetFlags) => callHost(wopiSrc, flags, (file) => download(file, flags.out)))
}

async function download(file: FileClient, out: string | undefined): Promise<void> {
  const target = out === undefined ? undefined : await targetOf(file, out)
  const { content, size } = await file.getFile()
  const shown = withProgress('Getting', content, size)
  if (target === undefined) return pipeline(shown, process.stdout, { end: false })
  await writeWhole(target, shown)
  process.stderr.write(`${printable(target)}: ${sizeText(size ?? (await stat(target)).size)}\n`)
}

async function targetOf(file: FileClient, out: string): Promise<string> {
  const found = await stat(out).catch(() => undefined)
  if (!found?.isDirectory()) return out
  const { info } = await file.checkFileInfo()
  // A host that names a file ../../.profile does not get to choose where it goes.
  const name = basename(String(info.BaseFileName ?? '').replaceAll('\\', '/'))
  if (['', '.', '..'].includes(name))
    throw new CommandError('The host gives the file no name. Say one with --out FILE.')
  return join(out, name)
}

/** The file at `path` is what it was, or all of `content`. What is no ordinary file is written into. */
async function writeWhole(path: string, content: Content): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  try {
    if (found && !found.isFile()) await pipeline(content, createWriteStream(path))
    else await replace(await realpath(path).catch(() => path), content)
  } catch (error) {
    throw isFileFailure(error) ? fileFailure(path, 'written', error) : error
  }
}

async function replace(path: string, content: Content): Promise<void> {
  const temporary = `${path}.${randomUUID()}.part`
  try {
    await pipeline(content, createWriteStream(temporary, { flags: 'wx', flush: true }))
    await rename(temporary, path)
  } finally {
    await rm(temporary, { force: true })
  }
}
