import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, FrameLocator } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildPages } from '../../apps/office/test/support/built-pages.ts'
import { launch } from './desk.ts'
import { officeIn } from './hands.ts'
import { type Hostile, refused, type Survived, survived } from './hostile/cases.ts'
import { type Started, serve } from './started.ts'

// Several programs and a browser work for one step of a person; a slow machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const mebibyte = 1024 * 1024
/** What the server may hold at most while all of these are opened, one after the other, and drawn for the list. */
const mostMemory = 768 * mebibyte
/** For how long the server may keep others waiting for what it does meanwhile, in milliseconds of its own work. */
const longestWait = 5_000

let browser: Browser
let folder: string
let started: Started

beforeAll(async () => {
  await buildPages()
  browser = await launch()
  folder = await mkdtemp(join(tmpdir(), 'openwopi-hostile-'))
  for (const { name, make } of [...refused, ...survived]) await writeFile(join(folder, name), make())
  started = await serve(folder)
})
afterAll(async () => {
  await started.stop()
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

/** Opens a document, and asks the server for something else all the while. Returns the longest wait. */
async function open(name: string, look: (office: FrameLocator) => Promise<void>): Promise<number> {
  const page = await browser.newPage()
  const over = new AbortController()
  const waits = waitsUntil(over.signal)
  try {
    await page.goto(await started.addressOf(name))
    await look(officeIn(page))
  } finally {
    over.abort()
    await page.close()
  }
  return Math.max(...(await waits))
}

async function waitsUntil(isOver: AbortSignal): Promise<readonly number[]> {
  const waits: number[] = []
  while (!isOver.aborted) {
    const asked = await started.workingTime()
    await fetch(`${started.url}/healthz`)
    waits.push((await started.workingTime()) - asked)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return waits
}

test.each(refused)('$name ends in a sentence, and others go on', async ({ name, says }: Hostile) => {
  const wait = await open(name, async (office) => {
    const sentence = office.locator('.failure')
    await sentence.waitFor({ timeout: 60_000 })
    expect(await sentence.textContent()).toMatch(says)
  })
  expect(wait).toBeLessThan(longestWait)
})

test.each(survived)('$name is shown, and others go on', async ({ name, shows }: Survived) => {
  const wait = await open(name, (office) => office.locator(shows).first().waitFor({ timeout: 90_000 }))
  expect(wait).toBeLessThan(longestWait)
})

test('after all of that, the server runs on, and has not held much', async () => {
  expect(started.isRunning()).toBe(true)
  expect((await started.peakMemory()) ?? 0).toBeLessThan(mostMemory)
})
