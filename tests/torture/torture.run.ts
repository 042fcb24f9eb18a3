import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { torture } from './torture.ts'
import { type Part, torturePage } from './torture-page.ts'

const page = new URL('../../docs/scale/torture.md', import.meta.url)
const seed = Number(process.env['TORTURE_SEED'])
const calls = Number(process.env['TORTURE_CALLS'])

/** Calls to one database and its servers; then others are started. */
const perPart = 50_000

/** How often is told how far things are, in calls. */
const step = 5000

test('Whatever goes wrong among three servers, what they answer is what one file with one lock would', async () => {
  const parts: Part[] = []
  const done = () => parts.reduce((sum, part) => sum + part.calls, 0)
  for (let number = 0; done() < calls; number++) {
    const options = { seed: seed + number, calls: Math.min(perPart, calls - done()), hasFaults: true }
    const began = performance.now()
    const outcome = await torture({ ...options, onProgress: progress(done()), onWrong: keep(options.seed) })
    parts.push({ ...outcome, seed: options.seed, seconds: (performance.now() - began) / 1000 })
    await mkdir(new URL('.', page), { recursive: true })
    await writeFile(page, torturePage(parts))
    expect(outcome.wrong).toEqual([])
  }
})

/** Says how far things are, now and then. */
function progress(before: number): (calls: number) => void {
  let next = step
  return (now) => {
    if (now < next) return
    next += step
    console.log(`${before + now} calls`)
  }
}

const keep = (part: number) => (name: string, history: object) => {
  const path = join(tmpdir(), `openwopi-torture-${part}-${name}.json`)
  console.log(`The whole history: ${path}`)
  void writeFile(path, JSON.stringify(history))
}
