import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readIfThere } from './read-if-there.ts'
import type { KeptTicket, TicketShelf } from './ticket-shelf.ts'
import { writeAtomically } from './write-atomically.ts'

/** Tickets in one file each under `folder`. */
export async function folderTickets(folder: string): Promise<TicketShelf> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = (name: string) => join(folder, `${name}.json`)
  return {
    put: (name, ticket) => writeAtomically(path(name), JSON.stringify(ticket)),
    async get(name) {
      const raw = await readIfThere(path(name))
      return raw && JSON.parse(raw.toString())
    },
    async sweep(now) {
      for (const name of (await readdir(folder)).filter((one) => one.endsWith('.json'))) {
        const raw = await readIfThere(join(folder, name))
        if (raw && endOf(raw) <= now) await rm(join(folder, name), { force: true })
      }
    },
  }
}

/** What cannot be read has ended. */
function endOf(raw: Buffer): number {
  try {
    const { endsAt }: KeptTicket = JSON.parse(raw.toString())
    return endsAt
  } catch {
    return 0
  }
}
