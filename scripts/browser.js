import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Where the browser tests look for their browser. */
const places = ['/usr/bin/chromium']

/** Installs what Debian calls chromium. */
function installChromium() {
  console.log('No browser found: installing Debian’s chromium for the browser tests.')
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  apt('update', '--quiet')
  apt('install', '--yes', '--quiet', '--no-install-recommends', 'chromium')
}

/** Makes sure that the browser tests have a browser, or says what is missing and how to get it. */
export function haveBrowser() {
  if (places.some(existsSync)) return
  const isRootOnDebian = existsSync('/etc/debian_version') && process.getuid?.() === 0
  if (isRootOnDebian) installChromium()
  if (places.some(existsSync)) return
  console.error(
    `The browser tests will fail: they need Chromium as ${places.join(' or ')}. ` +
      'On Debian: `sudo apt-get install chromium`; then run `npm test` again.',
  )
}
