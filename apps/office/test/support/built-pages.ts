import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const manifest = join(root, 'dist/web/.vite/manifest.json')
const turn = join(root, 'dist/.pages-are-built')
const longestBuild = 240_000

/** Builds the pages where they are older than their sources; of several test files at once, one does it. */
export async function buildPages(): Promise<void> {
  while (areStale()) {
    if (takeTurn()) return build()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function areStale(): boolean {
  const built = statSync(manifest, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return built < Math.max(...['web', 'src'].map((folder) => newest(join(root, folder))))
}

function takeTurn(): boolean {
  const taken = statSync(turn, { throwIfNoEntry: false })
  if (taken && taken.mtimeMs > Date.now() - longestBuild) return false
  rmSync(turn, { recursive: true, force: true })
  try {
    mkdirSync(turn, { recursive: false })
    return true
  } catch {
    return false
  }
}

function build(): void {
  try {
    execFileSync('npx', ['vite', 'build', 'web', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' })
  } finally {
    rmSync(turn, { recursive: true, force: true })
  }
}

const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )
