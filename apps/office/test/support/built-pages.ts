import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the pages where they are older than their sources. */
export function buildPages(): void {
  const sources = ['web', 'src'].map((folder) => newest(join(root, folder)))
  const manifest = statSync(join(root, 'dist/web/.vite/manifest.json'), { throwIfNoEntry: false })
  if (manifest && manifest.mtimeMs >= Math.max(...sources)) return
  execFileSync('npx', ['vite', 'build', 'web', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' })
}

const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )
