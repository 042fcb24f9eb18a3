import type { BrowserContext, WebSocketRoute } from 'playwright-core'

/** A page's way to the office, which can be closed for a while. */
export interface Line {
  /** What `sitDown` prepares the browser with. */
  prepare(context: BrowserContext): Promise<void>
  /** Cuts the page off. It tries in vain to connect again. */
  cut(): Promise<void>
  /** Lets the page connect again. */
  mend(): void
}

/** No goodbye, and one that a page may say. */
const cut = 3000

/** A line that is whole until it is cut. */
export function line(): Line {
  let isCut = false
  const sockets = new Set<{ readonly page: WebSocketRoute; readonly office: WebSocketRoute }>()
  return {
    prepare: (context) =>
      context.routeWebSocket(/\/socket$/, (page) => {
        if (isCut) return void page.close({ code: cut })
        const both = { page, office: page.connectToServer() }
        sockets.add(both)
      }),
    async cut() {
      isCut = true
      const ends = [...sockets].flatMap(({ page, office }) => [page.close({ code: cut }), office.close({ code: cut })])
      sockets.clear()
      await Promise.all(ends)
    },
    mend() {
      isCut = false
    },
  }
}
