import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
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
    .action((wopiSrc: string, flags: GetFlags) =>
      callHost(wopiSrc, flags, async (file) => {
        const target =
          flags.out === undefined
            ? undefined
            : await targetOf(flags.out, async () => (await file.checkFileInfo({})).info.BaseFileName)
        const { content, size } = await file.getFile({})
        const shown = withProgress('Getting', content, size)
        if (target === undefined) return pipeline(shown, process.stdout, { end: false })
        await writeWhole(target, shown)
        process.stderr.write(`${printable(target)}: ${sizeText((await stat(target)).size)}\n`)
      }),
    )
}

async function targetOf(out: string, nameAtHost: () => Promise<unknown>): Promise<string> {
  const found = await stat(out).catch(() => undefined)
  if (!found?.isDirectory()) return out
  // A host that names a file ../../.profile does not get to choose where it goes.
  const name = basename(String((await nameAtHost()) ?? '').replaceAll('\\', '/'))
  if (!name || name === '.' || name === '..')
    throw new CommandError('The host gives the file no name. Say one with --out FILE.')
  return join(out, name)
}

/** The file at `path` is what it was, or all of `content`. */
async function writeWhole(path: string, content: Content): Promise<void> {
  const temporary = `${path}.${randomUUID()}.part`
  try {
    await pipeline(content, createWriteStream(temporary, { flags: 'wx' }))
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw isFileFailure(error) ? fileFailure(path, 'written', error) : error
  }
}
