import type { Locator } from 'playwright-core'
import { until } from './setup.ts'

/** Where something is, once it stands still there: what is being painted anew may be gone for a moment, or move. */
export async function boxOf(found: Locator) {
  const look = async () => ((await found.isVisible()) && (await found.boundingBox())) || undefined
  return until(async () => {
    const one = await look()
    await found.page().evaluate(untilDrawn)
    const other = await look()
    return one && other && same(one, other) ? other : undefined
  }, `${found} stands still`)
}

/** What moves has moved on by then. */
const untilDrawn = () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>

const same = (one: Box, other: Box): boolean =>
  one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height
