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

/** What becomes of a request: `lost` after some bytes of it, or carried out with its answer `unheard`. */
export type Fault = { readonly lostAfter: number } | 'unheard'

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
      if (typeof fault === 'object' && received >= fault.lostAfter) req.socket.destroy()
    })
    req.pause()
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
