import { type Browser, chromium, type Page } from 'playwright-core'
import { firstWords } from './office-documents.ts'

/** Within how many milliseconds a document has to be seen. */
const within = 60_000

/** Starts the browser that pages are measured in. `CHROMIUM` names another one than Debian's. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  })

/** Milliseconds from going to `address`, in a browser that has never been there, to the first words of a document. */
export async function timeUntilSeen(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    await context.addInitScript(noteWhenSeen, firstWords)
    const page = await context.newPage()
    await page.goto(address, { waitUntil: 'commit' })
    const startedAt = await page.evaluate(() => performance.timeOrigin)
    return (await seenAt(page)) - startedAt
  } finally {
    await context.close()
  }
}

/** The document may be in a frame of the page. */
async function seenAt(page: Page): Promise<number> {
  const end = performance.now() + within
  while (performance.now() < end) {
    for (const frame of page.frames()) {
      const at = await frame.evaluate(() => Reflect.get(window, 'seenAt')).catch(() => undefined)
      if (typeof at === 'number') return at
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${page.url()} shows nothing`)
}

/** Runs in every page before its own scripts: notes when the words are painted, as text on a page or in a grid. */
function noteWhenSeen(words: string): void {
  const paint = CanvasRenderingContext2D.prototype.fillText
  let painted = ''
  const note = () => Reflect.set(window, 'seenAt', performance.timeOrigin + performance.now())
  CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
    paint.call(this, text, ...where)
    painted += text
    if (!painted.includes(words)) return
    CanvasRenderingContext2D.prototype.fillText = paint
    requestAnimationFrame(note)
  }
  const look = () => {
    const page = document.querySelector('.layout-page')
    if (page?.textContent.includes(words) && page.getClientRects().length > 0) requestAnimationFrame(note)
    else requestAnimationFrame(look)
  }
  look()
}
