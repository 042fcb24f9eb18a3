import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, parse } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What LibreOffice makes of a document when it writes it as plain text. `format`: a filter of its own, as `csv`. */
export async function asLibreOfficeReads(bytes: Uint8Array, name: string, format: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-reader-'))
  try {
    await writeFile(join(folder, name), bytes)
    const profile = `-env:UserInstallation=file://${folder}/profile`
    await run('soffice', [profile, '--headless', '--convert-to', format, '--outdir', folder, join(folder, name)])
    return await readFile(join(folder, `${parse(name).name}.${format.split(':')[0]}`), 'utf8')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
