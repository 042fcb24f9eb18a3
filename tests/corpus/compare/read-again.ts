import { execFile } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const atOnce = 12
const longest = 300_000

/** What another program makes of a file: everything that it has understood, as one XML text. */
export type ReadAgain = ReadonlyMap<string, string>

const flatFormat = (file: string): string => {
  const extension = extname(file)
  if (/^\.xls[xm]$/.test(extension)) return 'fods'
  return /^\.(pp[ts][xm]|potx)$/.test(extension) ? 'fodp' : 'fodt'
}

/**
 * Has LibreOffice read files and write them down in its own flat format, several at a time. What it cannot read is not
 * in the answer. What it has read before, and has not changed since, is not read again. `folder` is made.
 */
export async function readAgain(files: readonly string[], folder: string): Promise<ReadAgain> {
  await mkdir(folder, { recursive: true })
  const read = new Map<string, string>()
  for (const format of new Set(files.map(flatFormat))) {
    const same = files.filter((file) => flatFormat(file) === format)
    const madeOf = (file: string) => join(folder, `${basename(file, extname(file))}.${format}`)
    const old = same.filter((file) => !(timeOf(madeOf(file)) > timeOf(file)))
    for (let at = 0; at < old.length; at += atOnce) await convert(old.slice(at, at + atOnce), { format, folder })
    for (const file of same) if (existsSync(madeOf(file))) read.set(file, await readFile(madeOf(file), 'utf8'))
  }
  return read
}

const timeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** One that hangs or dies must not take the others along: then each is tried by itself. */
async function convert(files: readonly string[], to: { format: string; folder: string }): Promise<void> {
  const profile = `-env:UserInstallation=${pathToFileURL(join(to.folder, 'profile')).href}`
  const args = [profile, '--headless', '--convert-to', to.format, '--outdir', to.folder]
  try {
    await run('soffice', [...args, ...files], { timeout: longest })
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') throw cause
    if (files.length > 1) for (const file of files) await convert([file], to)
  }
}
