import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Transform } from 'node:stream'
import { onTestFinished } from 'vitest'

/** What goes wrong with a request. */
export type Fault =
  /** The connection breaks once some of the body has come, and the store hears nothing of it. */
  | 'breaks'
  /** The store heeds the request, and its answer is lost. */
  | 'answer is lost'
  /** Nobody ever answers. */
  | 'hangs'
  /** The answer breaks off after so many bytes. */
  | { readonly breaksOffAfter: number }
  /** One byte of the body is another by the time it reaches the store. */
  | 'body is altered'
  /** One byte of the answer is another. */
  | 'answer is altered'
  /** The store's tag for what it has taken is some word of its own. */
  | 'tag is opaque'
  /** The store answers this instead. */
  | { readonly status: number; readonly code: string }

/** A request as it is told to whoever decides what goes wrong. */
export interface Seen {
  readonly method: string
  readonly url: string
}

/** Puts a way between a client and a store, on which things go wrong as `decide` has it. */
export async function faultyWay(endpoint: string, decide: (seen: Seen) => Fault | undefined) {
  const requests: Seen[] = []
  const server = createServer((req, res) => {
    const seen = { method: req.method ?? '', url: req.url ?? '' }
    requests.push(seen)
    // A client that goes away in the middle is none of its troubles.
    for (const end of [req, res]) end.on('error', () => undefined)
    pass(new URL(endpoint), req, res, decide(seen))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const open = () => new Promise<number>((counted) => server.getConnections((_, count) => counted(count)))
  return { endpoint: `http://127.0.0.1:${port}`, requests, open }
}

function pass(to: URL, req: IncomingMessage, res: ServerResponse, fault: Fault | undefined): void {
  if (fault === 'hangs') return void req.resume()
  if (fault === 'breaks') return void req.once('data', () => req.destroy()).once('end', () => req.destroy())
  if (typeof fault === 'object' && 'status' in fault) return void refuse(req, res, fault)
  const { method, headers, url: path } = req
  const asked = request({ host: to.hostname, port: to.port, method, path, headers })
  asked.on('error', () => res.destroy())
  req.pipe(fault === 'body is altered' ? alterOne() : through()).pipe(asked)
  asked.on('response', (answer) => {
    answer.on('error', () => res.destroy())
    give(answer, res, fault)
  })
}

function refuse(req: IncomingMessage, res: ServerResponse, { status, code }: { status: number; code: string }): void {
  req.resume().once('end', () => {
    res.writeHead(status, { 'Content-Type': 'application/xml' })
    res.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>made up</Message></Error>`)
  })
}

function give(answer: IncomingMessage, res: ServerResponse, fault: Fault | undefined): void {
  if (fault === 'answer is lost') return void answer.resume().once('end', () => res.destroy())
  const tag = fault === 'tag is opaque' ? { etag: '"a-word-of-its-own"' } : {}
  res.writeHead(answer.statusCode ?? 500, { ...answer.headers, ...tag })
  if (fault === 'answer is altered') answer.pipe(alterOne()).pipe(res)
  else if (typeof fault === 'object' && 'breaksOffAfter' in fault) breakOff(answer, res, fault.breaksOffAfter)
  else answer.pipe(res)
}

function breakOff(answer: IncomingMessage, res: ServerResponse, after: number): void {
  let left = after
  answer.on('data', (piece: Buffer) => {
    if (left <= 0) return
    const fits = piece.subarray(0, left)
    left -= fits.byteLength
    res.write(fits, () => left <= 0 && res.destroy())
  })
  answer.once('end', () => res.destroy())
}

const through = () => new Transform({ transform: (piece, _, done) => done(null, piece) })

function alterOne(): Transform {
  let isDone = false
  return new Transform({
    transform(piece: Buffer, _, done) {
      const copy = Buffer.from(piece)
      if (!isDone) copy[0] = (copy[0] ?? 0) ^ 1
      isDone = true
      done(null, copy)
    },
  })
}
