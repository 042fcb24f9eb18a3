import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canInstall, install } from './debian.js'
import { freePorts, openPlace, untilReady } from './local-server.js'

const packages = ['ceph-mon', 'ceph-osd', 'radosgw']
const programs = ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph', 'radosgw-admin', 'monmaptool']

/** Whether Ceph's programs are here. */
export const hasCeph = () => programs.every((program) => existsSync(join('/usr/bin', program)))

/** Sees to it that there is a Ceph to start: installs Debian's where it may. `false`: there is none. */
export function needCeph() {
  if (!hasCeph() && canInstall()) {
    console.log('No Ceph found: installing Debian’s for the tests of object storage.')
    install(...packages)
  }
  return hasCeph()
}

/**
 * Starts an object store of its own, with nothing in it: one monitor, one OSD that holds everything in memory, and a
 * gateway that speaks S3 on a free port of 127.0.0.1. It ends with this process at the latest.
 */
export async function startCeph() {
  const place = openPlace('ceph')
  const [monitor, s3] = await freePorts(2)
  const server = { place, monitor, s3, credentials: { accessKeyId: 'TESTACCESS', secretAccessKey: 'TESTSECRETKEY' } }
  try {
    await startAll(server)
  } catch (error) {
    await place.close()
    throw error
  }
  return {
    kind: 'Ceph',
    endpoint: `http://127.0.0.1:${s3}`,
    region: 'default',
    credentials: server.credentials,
    /** A key of its key store, for SSE-KMS. */
    kmsKeyId: 'test-key',
    stop: () => place.close(),
  }
}

async function startAll({ place, monitor, s3, credentials }) {
  writeFileSync(join(place.folder, 'ceph.conf'), settings(place.folder, monitor, s3))
  for (const folder of ['mon', 'osd', 'rgw']) mkdirSync(join(place.folder, folder))
  const run = (program, ...args) => place.run(program, ['-c', 'ceph.conf', ...args])
  const start = (program, ...args) => place.start(program, ['-c', 'ceph.conf', '-f', ...args])

  await place.run('monmaptool', ['--create', '--fsid', fsid, '--addv', 'a', `[v1:127.0.0.1:${monitor}]`, 'monmap'])
  await run('ceph-mon', '-i', 'a', '--mkfs', '--monmap', 'monmap')
  const keeper = start('ceph-mon', '-i', 'a')
  await untilReady(keeper, () =>
    run('ceph', 'mon', 'stat').then(
      () => true,
      () => false,
    ),
  )
  const tell = (...args) => untilReady(keeper, () => run('ceph', ...args).then(() => true, notYet))
  await tell('osd', 'create')
  await run('ceph-osd', '-i', '0', '--mkfs')
  await tell('osd', 'crush', 'add', 'osd.0', '1.0', 'root=default', 'host=here')
  start('ceph-osd', '-i', '0')
  const gateway = start('radosgw', '-n', 'client.rgw')
  await untilReady(gateway, () => answers(`http://127.0.0.1:${s3}/`))
  const { accessKeyId, secretAccessKey } = credentials
  const keys = [`--access-key=${accessKeyId}`, `--secret-key=${secretAccessKey}`]
  await run('radosgw-admin', '-n', 'client.rgw', 'user', 'create', '--uid=test', '--display-name=test', ...keys)
}

/** A monitor listens before it knows which commands there are, now and then for a second time; nothing is done then. */
function notYet(error) {
  if (!/problem getting command descriptions/.test(error.message)) throw error
  return false
}

const answers = (url) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )

const fsid = '8f7c1c1e-6d1f-4b7e-9d55-0c6b1f0e2a11'

/** Without the two `update on start`, an OSD now and then finds itself in a place that the monitor does not know yet. */
const settings = (folder, monitor, s3) => `[global]
fsid = ${fsid}
mon host = v1:127.0.0.1:${monitor}
auth cluster required = none
auth service required = none
auth client required = none
ms bind msgr2 = false
public addr = 127.0.0.1
cluster addr = 127.0.0.1
run dir = ${folder}
admin socket = ${folder}/$cluster-$name.asok
log file = ${folder}/$name.log
osd pool default size = 1
osd pool default min size = 1
mon allow pool size one = true
osd crush chooseleaf type = 0
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
mon warn on pool no redundancy = false
auth allow insecure global id reclaim = false
[mon.a]
mon data = ${folder}/mon
[osd.0]
osd data = ${folder}/osd
osd objectstore = memstore
memstore device bytes = 8589934592
osd class update on start = false
osd crush update on start = false
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:${s3}
rgw data = ${folder}/rgw
rgw thread pool size = 32
rgw enable usage log = false
rgw crypt require ssl = false
rgw crypt s3 kms backend = testing
rgw crypt s3 kms encryption keys = test-key=${Buffer.alloc(32, 7).toString('base64')}
`
