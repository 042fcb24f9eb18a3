import { existsSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { canInstall, install } from './debian.js'
import { accountNamed, freePorts, openPlace, untilReady } from './local-server.js'

const program = '/usr/sbin/pgbouncer'

/** Whether PgBouncer is here. */
export const hasPgBouncer = () => existsSync(program)

/** Installs Debian's where it may. Without one, nothing is tried through it. */
export function wantPgBouncer() {
  if (hasPgBouncer() || !canInstall()) return
  console.log('No PgBouncer found: installing Debian’s for the tests of storage.')
  install('pgbouncer')
}

/**
 * Starts a PgBouncer that pools connections by session, as it is set up by default, on a free port of 127.0.0.1, in front of
 * the PostgreSQL at `url`. It ends with this process at the latest.
 */
export async function startPgBouncer(url) {
  const place = openPlace('pgbouncer', process.getuid?.() === 0 ? accountNamed('postgres', 'nobody') : undefined)
  const [port] = await freePorts(1)
  const { hostname, port: behind, username, password } = new URL(url)
  const file = (name) => join(place.folder, name)
  writeFileSync(file('users'), `"${username}" "${password}"\n`)
  writeFileSync(
    file('settings'),
    `[databases]
* = host=${hostname} port=${behind}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${file('users')}
`,
  )
  const server = place.start(program, [file('settings')])
  try {
    await untilReady(server, () => isTaken(port))
  } catch (error) {
    await place.close()
    throw error
  }
  return {
    /** The address of a database behind it. */
    through(address) {
      const pooled = new URL(address)
      pooled.port = String(port)
      return pooled.href
    },
    stop: () => place.close(),
  }
}

/** Whether something listens on a port. */
const isTaken = (port) =>
  new Promise((answered) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      answered(true)
    })
    socket.once('error', () => answered(false))
  })
