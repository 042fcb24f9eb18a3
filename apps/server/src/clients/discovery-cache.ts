import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** Discovery documents on disk, by the address they were read from. */
export interface DiscoveryCache {
  /** `undefined`: there is none, or none that can be used. */
  read(url: string): Promise<string | undefined>
  write(url: string, xml: string): Promise<void>
}

const entry = z.object({ url: z.string(), xml: z.string() })

export function discoveryCache(dataFolder: string): DiscoveryCache {
  const folder = join(dataFolder, 'discovery')
  const pathOf = (url: string) => join(folder, `${createHash('sha256').update(url).digest('hex').slice(0, 32)}.json`)

  return {
    async read(url) {
      const raw = await readFile(pathOf(url), 'utf8').catch(() => '')
      const found = entry.safeParse(jsonOr(raw, undefined))
      return found.success && found.data.url === url ? found.data.xml : undefined
    },
    async write(url, xml) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const temporary = `${pathOf(url)}.new`
      await writeFile(temporary, JSON.stringify({ url, xml }), { mode: 0o600 })
      await rename(temporary, pathOf(url))
    },
  }
}

function jsonOr(raw: string, otherwise: undefined): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return otherwise
  }
}
