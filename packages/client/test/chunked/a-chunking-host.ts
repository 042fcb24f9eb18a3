import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createHost,
  type Host,
  memoryFolders,
  memoryLocks,
  memorySignatures,
  memoryUploads,
  type Permission,
} from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { inMemory } from '@openwopi/protocol/transfer'
import { onTestFinished } from 'vitest'
import { bytesOf, createClient, type Target } from '../../src/index.ts'

/** Where a request is lost: after some bytes of it, after some bytes of its answer, or with all of its answer. */
export type Fault = { readonly lostAfter: number } | { readonly heardUpTo: number } | 'unheard'

/** Breaks the connection once more than `most` bytes of the answer have been written. */
function breakAfter(res: ServerResponse, most: number): void {
  const write = res.write.bind(res)
  let written = 0
  res.write = (piece: Uint8Array) => {
    written += piece.length
    const goesOn = write(piece)
    // What has been written before is on its way by the time that the connection is closed.
    if (written > most) res.socket?.destroySoon()
    return goesOn
  }
}

/** A host with one locked file, whose transfers are counted. */
export async function aChunkingHost(content: Uint8Array) {
  const now = () => Date.UTC(2026, 0, 1)
  const { storage, containers, streams } = memoryFolders({ now, ownerId: 'o' })
  const by = { id: 'u', name: 'u' }
  const made = await storage.create('root', ['deck.pptx'], inMemory(content).read(0, content.length), { by })
  if (!made) throw new Error('the file could not be made')
  const can = new Set<Permission>(['read', 'write'])
  const access = {
    authorize: async () => ({ user: by, can, expiresAt: Number.MAX_SAFE_INTEGER }),
    issue: async () => ({ token: 't', expiresAt: 0 }),
  }
  const wire = { received: 0, sent: 0, requests: 0 }
  const faults = new Map<string, Fault>()
  const late: { host?: Host } = {}

  const server = createServer(async (req: IncomingMessage, res: ServerResponse) => {
    if (!late.host) throw new Error('the host is not there yet')
    const operation = String(req.headers['x-wopi-override'])
    const fault = faults.get(operation)
    faults.delete(operation)
    wire.requests++
    let received = 0
    req.on('data', (piece: Buffer) => {
      wire.received += piece.length
      received += piece.length
      if (typeof fault === 'object' && 'lostAfter' in fault && received >= fault.lostAfter) req.socket.destroy()
    })
    req.pause()
    if (typeof fault === 'object' && 'heardUpTo' in fault) breakAfter(res, fault.heardUpTo)
    if (fault === 'unheard') {
      res.writeHead = () => {
        req.socket.destroy()
        return res
      }
    }
    const before = req.socket.bytesWritten
    res.on('close', () => {
      wire.sent += req.socket.bytesWritten - before
    })
    await toNodeListener(late.host)(req, res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wopi`
  const ports = { storage, containers, streams, uploads: memoryUploads({ now }), signatures: memorySignatures() }
  late.host = createHost({ ...ports, locks: memoryLocks(), access, publicUrl, now, coauth: true })

  const file = createClient({ wopiSrc: `${publicUrl}/files/${made.id}`, accessToken: 't' })
  await file.lock({ lock: 'a' })
  return {
    file,
    wire,
    faults,
    /** What the host has, read as a whole. */
    content: async () => Buffer.from(await bytesOf((await file.getFile()).content)),
    sequenceNumber: async () => (await file.getSequenceNumber()).sequenceNumber,
  }
}

/** A target in memory. */
export function memoryTarget() {
  let bytes = Buffer.alloc(0)
  const target: Target = {
    async write(at, piece) {
      if (at + piece.length > bytes.length)
        bytes = Buffer.concat([bytes, Buffer.alloc(at + piece.length - bytes.length)])
      bytes.set(piece, at)
    },
  }
  return { ...target, bytes: () => bytes }
}
