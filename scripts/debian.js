import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Whether packages of Debian can be installed here. */
export const canInstall = () => existsSync('/etc/debian_version') && process.getuid?.() === 0

/** Installs packages of Debian, with what they need and nothing else. */
export function install(...packages) {
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  apt('update', '--quiet')
  apt('install', '--yes', '--quiet', '--no-install-recommends', ...packages)
}
