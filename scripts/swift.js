import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { canInstall, install } from './debian.js'
import { freePorts, openPlace, untilReady } from './local-server.js'

const stores = ['account', 'container', 'object']
const packages = ['swift-proxy', ...stores.map((store) => `swift-${store}`), 'memcached']
const programs = ['swift-proxy-server', ...stores.map((store) => `swift-${store}-server`), 'memcached']

/** Whether Swift's programs are here. */
export const hasSwift = () => programs.every((program) => existsSync(join('/usr/bin', program)))

/** Sees to it that there is a Swift to start: installs Debian's where it may. `false`: there is none. */
export function needSwift() {
  if (!hasSwift() && canInstall()) {
    console.log('No Swift found: installing Debian’s for the tests of object storage.')
    install(...packages)
  }
  return hasSwift()
}

/**
 * Starts an OpenStack Swift of its own, with nothing in it, that speaks S3 on a free port of 127.0.0.1: one that knows
 * no conditional writes. It ends with this process at the latest.
 */
export async function startSwift() {
  const place = openPlace('swift')
  const [s3, memcached, ...ports] = await freePorts(2 + stores.length)
  try {
    await startAll({ place, s3, memcached, ports })
  } catch (error) {
    await place.close()
    throw error
  }
  return {
    kind: 'Swift',
    endpoint: `http://127.0.0.1:${s3}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test:tester', secretAccessKey: 'testing' },
    /** It has no key store. */
    kmsKeyId: undefined,
    stop: () => place.close(),
  }
}

async function startAll({ place, s3, memcached, ports }) {
  const { folder } = place
  const python = (program, file) =>
    place.start('/usr/bin/python3', [join('/usr/bin', program), file], { env: { ...process.env, SWIFT_CONF: folder } })
  mkdirSync(join(folder, 'devices/d1'), { recursive: true })
  writeFileSync(join(folder, 'swift.conf'), swiftSettings)
  writeFileSync(join(folder, 'proxy.conf'), proxySettings(folder, s3, memcached))
  await place.run('/usr/bin/python3', ['-c', makeRings, ...stores.map((store, index) => `${store}:${ports[index]}`)], {
    env: { ...process.env, SWIFT_CONF: join(folder, 'swift.conf') },
  })
  place.start('memcached', ['-u', 'nobody', '-l', '127.0.0.1', '-p', String(memcached), '-m', '16'])
  for (const [index, store] of stores.entries()) {
    writeFileSync(join(folder, `${store}.conf`), storeSettings(folder, store, ports[index]))
    python(`swift-${store}-server`, `${store}.conf`)
  }
  const proxy = python('swift-proxy-server', 'proxy.conf')
  const backEnds = ports.map((port) => `http://127.0.0.1:${port}/healthcheck`)
  await untilReady(proxy, () => allAnswer([...backEnds, `http://127.0.0.1:${s3}/healthcheck`]))
}

const allAnswer = (urls) =>
  Promise.all(urls.map((url) => fetch(url))).then(
    (answers) => answers.every(({ ok }) => ok),
    () => false,
  )

/** Which disk holds what: one disk, one copy. Its own tool takes a start of Python for each step of each ring. */
const makeRings = `
import sys
from swift.common.ring import RingBuilder
for ring in sys.argv[1:]:
    name, port = ring.split(':')
    builder = RingBuilder(4, 1, 1)
    builder.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': int(port), 'device': 'd1', 'weight': 1})
    builder.rebalance()
    builder.get_ring().save(name + '.ring.gz')
`

const swiftSettings = `[swift-hash]
swift_hash_path_prefix = test
swift_hash_path_suffix = test
[storage-policy:0]
name = one
default = yes
`

const defaults = (folder, port) => `[DEFAULT]
swift_dir = ${folder}
bind_ip = 127.0.0.1
bind_port = ${port}
workers = 0
user = ${userInfo().username}
log_level = WARNING
`

const storeSettings = (folder, store, port) => `${defaults(folder, port)}devices = ${folder}/devices
mount_check = false
[pipeline:main]
pipeline = healthcheck ${store}-server
[filter:healthcheck]
use = egg:swift#healthcheck
[app:${store}-server]
use = egg:swift#${store}
`

const proxySettings = (folder, port, memcached) => `${defaults(folder, port)}[pipeline:main]
pipeline = catch_errors healthcheck proxy-logging cache listing_formats s3api tempauth copy slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:proxy-logging]
use = egg:swift#proxy_logging
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:${memcached}
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
auth_pipeline_check = false
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
`
