import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Where Chromium and its kin are usually found. `CHROMIUM` names another place. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const found = () => (process.env.CHROMIUM ? [process.env.CHROMIUM] : places).find((place) => existsSync(place))

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

/** Finds a browser for the tests, installs one where it may, or says what is missing. `undefined`: there is none. */
export function findBrowser() {
  const isRootOnDebian = existsSync('/etc/debian_version') && process.getuid?.() === 0
  if (!found() && !process.env.CHROMIUM && isRootOnDebian) installChromium()
  const browser = found()
  if (browser) return browser
  console.error(
    process.env.CHROMIUM
      ? `The browser tests will fail: CHROMIUM says ${process.env.CHROMIUM}, and there is no such file.`
      : 'The browser tests will fail: no Chromium was found. Install it (on Debian: `sudo apt-get install chromium`), ' +
          'or name one in the variable CHROMIUM; then run `npm test` again.',
  )
  return undefined
}
