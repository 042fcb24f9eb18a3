import { randomBytes, randomUUID } from 'node:crypto'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { hasCeph, startCeph } from '../ceph.js'
import { freePorts, openPlace, untilReady } from '../local-server.js'
import { startPostgres } from '../postgres.js'
import { hasSwift, startSwift } from '../swift.js'
import { startBalancer } from './balancer.js'

const command = fileURLToPath(new URL('../../apps/server/bin/openwopi.js', import.meta.url))
const samples = fileURLToPath(new URL('../../samples', import.meta.url))

/** Who may sign in. */
const user = 'demo'

/**
 * Starts PostgreSQL, an object store, servers that share them, and a balancer before these. All that they hold lies in new
 * folders that are gone afterwards. `tell` hears what is started.
 */
export async function startCluster({ servers: count = 2, port = 0, officePort = 0, tell = (_what) => {} } = {}) {
  const stops = []
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  const kept = (started) => {
    stops.push(started.stop ?? started.close)
    return started
  }
  try {
    const place = kept(openPlace('cluster'))
    tell('PostgreSQL')
    const database = kept(await startPostgres())
    tell('an object store')
    const contents = await startContents(place, kept)
    const balancer = kept(await startBalancer([port, officePort]))
    const [url, officeUrl] = balancer.ports.map((each) => `http://127.0.0.1:${each}`)
    const env = { ...foreign(process.env), ...contents.env, OPENWOPI_DATABASE: database.url }
    const password = randomBytes(9).toString('base64url')
    tell('what there is to begin with')
    await addUser(place, { ...env, PASSWORD: password })
    // A folder that is served or imported gets a folder with what is known of it.
    const documents = join(place.folder, 'documents')
    await cp(samples, documents, { recursive: true })
    await place.run(process.execPath, [command, 'import', documents], { env })
    const servers = []
    for (let number = 1; number <= count; number++) {
      tell(`server ${number}`)
      const server = kept(await startServer(place, { number, url, officeUrl, env }))
      balancer.add(server.ports, `http://127.0.0.1:${server.ports[0]}/readyz`)
      servers.push(server)
    }
    return { url, officeUrl, user, password, contents: contents.kind, servers, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Where the contents of files lie: in an object store if this machine has one. */
async function startContents(place, kept) {
  const start = hasCeph() ? startCeph : hasSwift() ? startSwift : undefined
  if (!start) return { kind: 'a folder', env: { OPENWOPI_BLOBS: join(place.folder, 'blobs') } }
  const { kind, endpoint, region, credentials } = kept(await start())
  const bucket = `cluster-${randomUUID()}`
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
  await client.send(new CreateBucketCommand({ Bucket: bucket })).finally(() => client.destroy())
  return {
    kind,
    env: {
      OPENWOPI_BLOBS: `s3://${bucket}/files?${new URLSearchParams({ endpoint, region })}`,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  }
}

/** A command line could be read by others; the password goes by standard input. */
const addUser = (place, env) => {
  const asked = [command, 'user', 'add', user, '--password-stdin', '--data', join(place.folder, 'user')]
  return place.run('/bin/sh', ['-c', 'printf %s "$PASSWORD" | "$0" "$@"', process.execPath, ...asked], { env })
}

/** Without settings that whoever starts it may have for another server. */
const foreign = (env) => Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('OPENWOPI_')))

async function startServer(place, { number, url, officeUrl, env }) {
  const ports = await freePorts(2)
  const dataFolder = join(place.folder, `server-${number}`)
  const [port, officePort] = ports.map(String)
  const flags = { data: dataFolder, port, 'office-port': officePort, 'public-url': url, 'office-url': officeUrl }
  const all = Object.entries({ ...flags, 'trusted-proxy': '127.0.0.1' }).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ])
  async function start() {
    const program = place.start(process.execPath, [command, 'serve', dataFolder, ...all], { env })
    await untilReady(program, () => program.said().includes('"listening"'))
    return program
  }
  let isOver = false
  let program
  // As whatever runs servers does: one that has ended is started again.
  async function keepRunning() {
    program = await start()
    program.ended.then(() => isOver || keepRunning().catch(() => undefined))
  }
  await keepRunning()
  return {
    number,
    /** Of its pages and the WOPI host, and of the built-in office. */
    ports,
    dataFolder,
    pid: () => program.pid,
    async stop() {
      isOver = true
      await program.end()
    },
  }
}
