import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { canInstall, install } from './debian.js'

const packages = ['writer', 'calc', 'impress', 'draw'].map((program) => `libreoffice-${program}-nogui`)

const isThere = () => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'soffice')))

/** Sees to it that the tests of documents find LibreOffice: installs it where it may, or says what is missing. */
export function needLibreOffice() {
  if (!isThere() && canInstall()) {
    console.log('No LibreOffice found: installing Debian’s for the tests of documents.')
    install(...packages)
  }
  if (!isThere())
    console.error(
      'Some tests of documents will fail: no LibreOffice was found. Install it ' +
        `(on Debian: \`sudo apt-get install --no-install-recommends ${packages.join(' ')}\`); then run \`npm test\` again.`,
    )
}
