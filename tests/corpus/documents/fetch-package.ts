import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cache } from './cache.ts'
import type { PackageSource } from './package-source.ts'

const run = promisify(execFile)

const fetched = new Map<string, Promise<string>>()

/** The folder with what is in a package: fetched by npm from its registry once, and only as it was pinned. */
export function fetchPackage(source: PackageSource): Promise<string> {
  const folder = join(cache, 'packages', `${source.name.replace('/', '+')}@${source.version}`)
  const known = fetched.get(folder) ?? fetchInto(source, folder)
  fetched.set(folder, known)
  return known
}

async function fetchInto(source: PackageSource, folder: string): Promise<string> {
  if (existsSync(folder)) return folder
  await mkdir(join(cache, 'packages'), { recursive: true })
  const making = await mkdtemp(join(cache, 'making-'))
  try {
    const archive = await fetchArchive(source, making)
    const content = join(making, 'content')
    await mkdir(content)
    await run('tar', ['-xzf', archive, '-C', content, '--strip-components=1'])
    await rename(content, folder)
    return folder
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

async function fetchArchive({ name, version, integrity }: PackageSource, into: string): Promise<string> {
  await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', into, `${name}@${version}`])
  const archive = (await readdir(into)).find((file) => file.endsWith('.tgz'))
  if (!archive) throw new Error(`npm has not fetched ${name}@${version}`)
  const found = createHash('sha512')
    .update(await readFile(join(into, archive)))
    .digest('base64')
  if (`sha512-${found}` !== integrity) throw new Error(`${name}@${version} is not what was pinned: sha512-${found}`)
  return join(into, archive)
}
