import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Which ports were used the last time, where any would do: pages that are still open find the server there again. */
export interface LastPorts {
  /** 0: any. */
  of(name: string): number
  set(name: string, port: number): void
}

const ports = z.record(z.string(), z.number().int().min(1).max(65535))

/** Remembers them beside the other things of this machine. What cannot be read any more is forgotten: any port will do. */
export function lastPorts(dataFolder: string): LastPorts {
  const path = join(dataFolder, 'ports.json')
  const known = ports.safeParse(read(path)).data ?? {}
  return {
    of: (name) => known[name] ?? 0,
    set(name, port) {
      known[name] = port
      writeFileSync(path, `${JSON.stringify(known)}\n`)
    },
  }
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
