// Takes the pictures of the guide for people: opens a sample of each kind in a browser, light and dark.

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { renameSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { findBrowser } from '../browser.js'
import { schemes, shots, size } from './shots.js'

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('./shots.js').Shot} Shot
 */

const root = fileURLToPath(new URL('../..', import.meta.url))
const images = join(root, 'docs/office/images')
/** Of the format that pictures are kept in. */
const quality = 82

const workplace = await mkdtemp(join(tmpdir(), 'openwopi-screenshots-'))
const folder = join(workplace, 'Documents')
const executablePath = findBrowser()
if (!executablePath) process.exit(1)
await cp(join(root, 'samples'), folder, { recursive: true })
makeOldLetter()
const server = spawn(process.execPath, [join(root, 'apps/server/bin/openwopi.js'), 'serve', folder, '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'] })
try {
  const url = await addressOf(server)
  server.stdout.resume()
  await mkdir(images, { recursive: true })
  for (const scheme of schemes) await takeAll(url, scheme)
} finally {
  await browser.close()
  server.kill()
  await once(server, 'exit')
  await rm(workplace, { recursive: true, force: true })
}
console.log(`Written to docs/office/images: ${shots.length} pictures, light and dark.`)

/** A letter in the format of twenty years ago, to be shown by the converter. */
function makeOldLetter() {
  const profile = `-env:UserInstallation=file://${workplace}/profile`
  const letter = join(root, 'samples/Welcome letter.docx')
  execFileSync('soffice', [profile, '--headless', '--convert-to', 'doc', '--outdir', workplace, letter], {
    stdio: 'ignore',
  })
  renameSync(join(workplace, 'Welcome letter.doc'), join(folder, 'Old letter.doc'))
}

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>} server */
async function addressOf({ stdout }) {
  for await (const line of createInterface({ input: stdout })) {
    if (line.includes('"listening"')) return JSON.parse(line).url
  }
  throw new Error('openwopi ended before it listened')
}

/**
 * @param {string} url
 * @param {(typeof schemes)[number]} scheme
 */
async function takeAll(url, scheme) {
  const looks = { viewport: size, colorScheme: scheme, locale: 'en-GB', reducedMotion: /** @type {const} */ ('reduce') }
  const context = await browser.newContext(looks)
  for (const shot of shots) await take(await context.newPage(), url, { shot, scheme })
  await context.close()
}

/**
 * Opens a document as a person does it, and takes the picture.
 * @param {Page} page
 * @param {string} url
 * @param {{ shot: Shot, scheme: string }} picture
 */
async function take(page, url, { shot, scheme }) {
  await page.goto(url)
  for (const name of [shot.folder, shot.document]) {
    if (name !== undefined) await page.getByText(name, { exact: true }).first().dblclick()
  }
  await shot.isReady(page.frameLocator('iframe[name="office_frame"]'), page)
  // What blinks or moves is still by then.
  await page.waitForTimeout(500)
  await page.evaluate(() => document.fonts.ready)
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality })
  const path = join(images, `${shot.name}-${scheme}.webp`)
  await writeFile(`${path}.new`, Buffer.from(data, 'base64'))
  await rename(`${path}.new`, path)
  await page.close()
}
