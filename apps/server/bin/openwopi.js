#!/usr/bin/env node
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const isNewEnough = major > 20 || (major === 20 && minor >= 19)
const main = new URL('../dist/main.js', import.meta.url)

if (!isNewEnough) {
  refuse(`openwopi needs Node.js 20.19 or newer, and this is ${process.versions.node}. See https://nodejs.org/.`)
} else if (existsSync(main) || build()) {
  await import(main.href)
}

/** Builds the workspace that this file lies in, as `npm ci --ignore-scripts` leaves it unbuilt. */
function build() {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  if (!existsSync(`${root}/tsconfig.base.json`)) return refuse('openwopi is not whole. Install it again.')
  console.error('openwopi is not built yet. Building it once; this takes a minute.')
  // What a build prints must not end up in what a command prints.
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    shell: process.platform === 'win32',
    stdio: ['ignore', 2, 2],
  })
  if (status === 0 && existsSync(main)) return true
  return refuse(`openwopi could not be built. Run "npm ci && npm run build" in ${root} to see why.`)
}

/** @param {string} why */
function refuse(why) {
  console.error(why)
  process.exitCode = 1
  return false
}
