// Starts an nginx that serves one folder on a free port of 127.0.0.1, tells whoever forked it how it is reached, and ends
// with it.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canInstall, install } from './debian.js'
import { freePorts, openPlace, untilReady } from './local-server.js'

const isThere = () => spawnSync('nginx', ['-v']).status === 0

if (!isThere() && canInstall()) install('nginx-light')
if (!isThere()) {
  console.error(
    'There is no nginx here. Install it (on Debian: `sudo apt-get install nginx-light`), and run this again.',
  )
  process.exit(1)
}

const place = openPlace('nginx')
const [port] = await freePorts(1)
const settings = `daemon off; pid nginx.pid; error_log stderr; worker_processes 1; ${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http { access_log off; sendfile on; default_type application/octet-stream; server { listen 127.0.0.1:${port}; root ${process.argv[2]}; } }`
writeFileSync(join(place.folder, 'nginx.conf'), settings)
const server = place.start('nginx', ['-p', place.folder, '-c', join(place.folder, 'nginx.conf')])
await untilReady(server, () =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  ),
)
process.once('disconnect', () =>
  server
    .end('SIGTERM')
    .then(() => place.close())
    .then(() => process.exit()),
)
process.send?.({ port })
