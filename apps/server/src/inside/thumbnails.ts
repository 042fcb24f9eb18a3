import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Storage, StoredFile } from '@openwopi/host'
import { extensionOf } from '../clients/editors.ts'
import { causeOf, type Log } from '../log-event.ts'

/** Draws the first page of a document. */
export interface Painter {
  /** Whether files with this extension, given without the dot, can be drawn. */
  canDraw(extension: string): boolean
  /** A PNG. Throws where there is none; `isPassing` in what it throws: another time there may be. */
  draw(file: StoredFile, extension: string): Promise<Uint8Array>
}

/** Small pictures of documents, kept for the version that they show. */
export interface Thumbnails {
  canDraw(file: StoredFile): boolean
  /** A PNG of the first page. `undefined`: the document cannot be drawn. */
  of(file: StoredFile): Promise<Uint8Array | undefined>
  /** Forgets pictures of files that are gone. */
  sweep(storage: Pick<Storage, 'find'>): Promise<void>
}

/** Pictures in `folder`, one for each file. An empty one stands for a document that cannot be drawn. */
export async function openThumbnails(folder: string, painter: Painter, log: Log): Promise<Thumbnails> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const underWay = new Map<string, Promise<Uint8Array | undefined>>()

  /** Versions of other storages may hold what a file name cannot. */
  const nameOf = ({ id, version }: StoredFile) =>
    `${encodeURIComponent(id)}.${Buffer.from(version).toString('base64url')}.png`

  async function make(file: StoredFile): Promise<Uint8Array | undefined> {
    const path = join(folder, nameOf(file))
    const known = await readFile(path).catch(() => undefined)
    if (known) return known.length > 0 ? known : undefined
    const drawn = await painter.draw(file, extensionOf(file.name)).catch((cause) => {
      log({ level: 'debug', event: 'thumbnail', file: file.id, ...causeOf(cause) })
      if (isPassing(cause)) throw cause
      return new Uint8Array()
    })
    await removeOthers(file)
    await writeFile(`${path}.new`, drawn)
    await rename(`${path}.new`, path)
    return drawn.length > 0 ? drawn : undefined
  }

  async function removeOthers({ id }: StoredFile): Promise<void> {
    const others = (await readdir(folder)).filter((name) => name.startsWith(`${encodeURIComponent(id)}.`))
    for (const name of others) await rm(join(folder, name), { force: true })
  }

  return {
    canDraw: ({ name, size }) => size > 0 && painter.canDraw(extensionOf(name)),
    of(file) {
      const name = nameOf(file)
      const drawing = underWay.get(name) ?? make(file).finally(() => underWay.delete(name))
      underWay.set(name, drawing)
      return drawing
    },
    async sweep(storage) {
      for (const name of await readdir(folder)) {
        const id = decodeURIComponent(name.split('.')[0] ?? '')
        if (!(await storage.find(id))) await rm(join(folder, name), { force: true })
      }
    },
  }
}

const isPassing = (cause: unknown): boolean =>
  typeof cause === 'object' && cause !== null && Reflect.get(cause, 'isPassing') === true
