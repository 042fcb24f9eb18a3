import { existsSync } from 'node:fs'
import { canInstall, install } from './debian.js'

/** Where Chromium and its kin are usually found. `CHROMIUM` names another place. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const found = () => (process.env.CHROMIUM ? [process.env.CHROMIUM] : places).find((place) => existsSync(place))

/** Finds a browser for the tests, installs one where it may, or says what is missing. `undefined`: there is none. */
export function findBrowser() {
  if (!found() && !process.env.CHROMIUM && canInstall()) {
    console.log('No browser found: installing Debian’s chromium for the browser tests.')
    install('chromium')
  }
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
