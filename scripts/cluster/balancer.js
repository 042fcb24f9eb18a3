import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { connect } from 'node:net'

/** How often servers are asked whether they take work, and how long an answer is waited for, in milliseconds. */
const askEvery = 500
const patience = 2000

/**
 * Answers on ports of 127.0.0.1 and passes everything on, WebSockets too, to servers that take work, each in its turn. Every
 * server has one port for each of the balancer's, in the same order. It is for trying things out: it does what balancers do,
 * and nothing to be fast.
 *
 * @param {readonly number[]} ports its own; 0 for any free one
 */
export async function startBalancer(ports) {
  const servers = []
  let turn = 0
  /** All servers that take work, the one whose turn it is first; if none says so, all. */
  const inTurn = (index) => {
    const willing = servers.filter(({ isReady }) => isReady)
    const all = willing.length > 0 ? willing : servers
    turn++
    return all.map((_, place) => all[(turn + place) % all.length].ports[index])
  }
  const fronts = await Promise.all(ports.map((port, index) => open(port, () => inTurn(index))))
  const asking = setInterval(() => servers.forEach(ask), askEvery)
  return {
    ports: fronts.map(({ port }) => port),
    /**
     * @param {readonly number[]} behind the ports of a server
     * @param {string} ready where it says whether it takes work
     */
    add: (behind, ready) => servers.push({ ports: behind, ready, isReady: true }),
    async close() {
      clearInterval(asking)
      await Promise.all(fronts.map(({ close }) => close()))
    },
  }
}

async function ask(server) {
  const answer = await fetch(server.ready, { signal: AbortSignal.timeout(patience) }).catch(() => undefined)
  await answer?.body?.cancel()
  server.isReady = answer?.ok === true
}

async function open(port, targets) {
  const sockets = new Set()
  const front = createServer((req, res) => pass(req, res, targets()))
  front.on('connection', (socket) => sockets.add(socket.once('close', () => sockets.delete(socket))))
  front.on('upgrade', (req, socket, head) => upgrade(req, { socket, head }, targets()))
  await once(front.listen(port, '127.0.0.1'), 'listening')
  return {
    port: front.address().port,
    async close() {
      for (const socket of sockets) socket.destroy()
      await once(front.close(), 'close')
    },
  }
}

/** Asks the first of `targets`, and the next one if nothing of the request can have been heeded. */
function pass(req, res, [target, ...others]) {
  if (target === undefined) return refuse(res)
  const { method, url: path, rawHeaders } = req
  const from = ['X-Forwarded-For', req.socket.remoteAddress ?? '', 'X-Forwarded-Proto', 'http']
  // A connection of its own for each request: one that is kept may have died unseen.
  const headers = [...rawHeaders, ...from]
  const asked = request({ host: '127.0.0.1', port: target, method, path, headers, agent: false })
  const leave = () => asked.destroy()
  let isHeard = false
  asked.once('socket', (socket) =>
    socket.once('connect', () => {
      isHeard = true
      req.pipe(asked)
    }),
  )
  asked.once('response', (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders)
    answer.on('error', () => res.destroy())
    answer.pipe(res)
  })
  asked.once('error', () => {
    res.off('close', leave)
    if (res.headersSent) res.destroy()
    else if (!isHeard || isRepeatable(req)) pass(req, res, others)
    else refuse(res)
  })
  res.once('close', leave)
}

/** It changes nothing, and all of it is at hand. */
const isRepeatable = ({ method, headers }) =>
  (method === 'GET' || method === 'HEAD') && !headers['content-length'] && !headers['transfer-encoding']

function refuse(res) {
  if (!res.writableEnded) res.writeHead(502, { 'Retry-After': '1' }).end('No server behind the balancer answers.\n')
}

function upgrade(req, { socket, head }, [target, ...others]) {
  if (target === undefined) return socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n')
  const behind = connect({ port: target, host: '127.0.0.1' })
  let isThere = false
  behind.once('connect', () => {
    isThere = true
    const lines = req.rawHeaders.flatMap((name, place, all) => (place % 2 === 0 ? [`${name}: ${all[place + 1]}`] : []))
    behind.write([`${req.method} ${req.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
    behind.write(head)
    behind.pipe(socket).pipe(behind)
  })
  behind.on('error', () => (isThere ? socket.destroy() : upgrade(req, { socket, head }, others)))
  behind.on('close', () => isThere && socket.destroy())
  socket.on('error', () => behind.destroy())
  socket.on('close', () => behind.destroy())
}
