import type { Database } from '@openwopi/storage-folder/database'

/** Which ports were used the last time, where any would do: pages that are still open find the server there again. */
export interface LastPorts {
  /** 0: any. */
  of(name: string): number
  set(name: string, port: number): void
}

export function lastPorts(database: Database): LastPorts {
  const select = database.prepare<{ port: number }>('SELECT port FROM ports WHERE name = ?')
  const upsert = database.prepare(
    'INSERT INTO ports (name, port) VALUES (?, ?) ON CONFLICT DO UPDATE SET port = excluded.port',
  )
  return {
    of: (name) => select.get(name)?.port ?? 0,
    set: (name, port) => void upsert.run(name, port),
  }
}
