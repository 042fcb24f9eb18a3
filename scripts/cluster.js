// `npm run cluster`: two servers, PostgreSQL, an object store and a balancer on this machine, until Ctrl+C.
// `npm run cluster -- --servers COUNT --port PORT --office-port PORT`. Without a terminal it says in JSON what it does.
import { parseArgs } from 'node:util'
import { needCeph } from './ceph.js'
import { startCluster } from './cluster/start-cluster.js'
import { needPostgres } from './postgres.js'
import { needSwift } from './swift.js'

const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: '2' },
    port: { type: 'string', default: '0' },
    'office-port': { type: 'string', default: '0' },
  },
})
for (const [name, value] of Object.entries(values))
  if (!/^\d{1,5}$/.test(value)) {
    console.error(`--${name} must be a whole number. It is "${value}".`)
    process.exit(2)
  }

// What is said of Node.js by what reaches the object store is not for whoever tries this out.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

const isTerminal = process.stdout.isTTY === true
const say = (text) => isTerminal && process.stdout.write(text)

needPostgres()
if (!needCeph() && !needSwift())
  console.error(
    'There is neither Ceph nor Swift here: the contents of files lie in a folder instead of an object store.',
  )

const stopped = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve)
})
const starting = startCluster({
  servers: Number(values.servers),
  port: Number(values.port),
  officePort: Number(values['office-port']),
  tell: (what) => say(`  Starting ${what} …\n`),
})
const cluster = await starting
const { url, officeUrl, user, password, contents, servers } = cluster
const members = servers.map(({ number, ports, pid, dataFolder }) => ({ number, ports, pid: pid(), dataFolder }))
if (!isTerminal)
  process.stdout.write(
    `${JSON.stringify({ event: 'listening', url, officeUrl, user, password, contents, servers: members })}\n`,
  )
say(`
  ${url}
  Sign in as ${user} with ${password}

  Behind it, each over PostgreSQL and ${contents}:
${members.map(({ number, ports, pid }) => `  server ${number} at port ${ports[0]}, process ${pid}: try "kill -9 ${pid}" and go on editing`).join('\n')}

  A server that ends is started again. Ctrl+C ends it all; nothing of it is kept.
`)
await stopped
say('\n  Stopping …\n')
await cluster.stop()
