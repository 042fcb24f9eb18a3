import { createHash, randomBytes } from 'node:crypto'
import { seal, unseal } from './sealed-text.ts'
import type { TicketShelf } from './ticket-shelf.ts'

/** What a page may do: one user with one file, under the access token that its form brought. */
export interface Ticket {
  readonly wopiSrc: string
  readonly accessToken: string
  /** When the access token ends, in milliseconds since the epoch. Absent: the host did not say. */
  readonly expiresAt?: number
  readonly action: 'view' | 'edit'
  /** The extension, without the dot, of a document that is shown as the pages that a converter makes of it. */
  readonly convertFrom?: string
  /** The extension, without the dot, of a document of which someone may have a PDF made. */
  readonly exportFrom?: string
  /** The extension of a document whose pages can be shown where it is too much to be shown otherwise. */
  readonly pagesFrom?: string
  /** What the host wants back as X-WOPI-SessionContext. */
  readonly sessionContext?: string
}

/** Stand-ins for access tokens, so that no token is ever in a page's script. They outlive a restart. */
export interface Tickets {
  create(ticket: Ticket): Promise<string>
  /** `undefined`: there is no such ticket, or it has ended. */
  find(id: string): Promise<Ticket | undefined>
  /** Puts `ticket` in the place of the one that `id` stands for. */
  replace(id: string, ticket: Ticket): Promise<void>
}

interface Sealed {
  readonly iv: string
  readonly tag: string
  readonly content: string
}

const day = 24 * 60 * 60 * 1000
const sweepEvery = 60 * 60 * 1000
const shape = /^[\w-]{43}$/

/** Tickets kept on `shelf`, each encrypted under its own id: who can only read the shelf learns no token. */
export async function tickets(shelf: TicketShelf, now: () => number): Promise<Tickets> {
  await shelf.sweep(now())
  setInterval(() => shelf.sweep(now()).catch(() => {}), sweepEvery).unref()
  const write = (id: string, ticket: Ticket) =>
    shelf.put(nameOf(id), { endsAt: ticket.expiresAt ?? now() + day, sealed: JSON.stringify(sealed(id, ticket)) })
  return {
    async create(ticket) {
      const id = randomBytes(32).toString('base64url')
      await write(id, ticket)
      return id
    },
    async find(id) {
      if (!shape.test(id)) return undefined
      const kept = await shelf.get(nameOf(id))
      return kept && kept.endsAt > now() ? unsealed(id, JSON.parse(kept.sealed)) : undefined
    },
    replace: write,
  }
}

const derive = (purpose: string, id: string): Buffer => createHash('sha256').update(`${purpose}:${id}`).digest()
const nameOf = (id: string): string => derive('name', id).toString('hex')

function sealed(id: string, ticket: Ticket): Sealed {
  const { iv, tag, content } = seal(derive('key', id), JSON.stringify(ticket))
  const text = (bytes: Buffer) => bytes.toString('base64')
  return { iv: text(iv), tag: text(tag), content: text(content) }
}

function unsealed(id: string, { iv, tag, content }: Sealed): Ticket {
  const bytes = (raw: string) => Buffer.from(raw, 'base64')
  return JSON.parse(unseal(derive('key', id), { iv: bytes(iv), tag: bytes(tag), content: bytes(content) }))
}
