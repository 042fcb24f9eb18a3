import type { Content } from '@openwopi/protocol'
import { sizeText } from './text.ts'

const width = 24
const redrawAfter = 100

/** Passes `content` on, and shows on a terminal how far it has come. `total` is in bytes; `undefined`: not known. */
export async function* withProgress(what: string, content: Content, total: number | undefined): Content {
  if (!process.stderr.isTTY) return yield* content
  let done = 0
  let drawnAt = 0
  try {
    for await (const chunk of content) {
      yield chunk
      done += chunk.byteLength
      if (Date.now() - drawnAt < redrawAfter) continue
      draw(bar(what, done, total))
      drawnAt = Date.now()
    }
  } finally {
    draw('')
  }
}

/** `Sending notes.md  [######------]  50 %  1.2 of 2.4 MB`. */
function bar(what: string, done: number, total: number | undefined): string {
  if (!total) return `${what}  ${sizeText(done)}`
  const part = Math.min(1, done / total)
  const filled = Math.round(part * width)
  const line = '#'.repeat(filled) + '-'.repeat(width - filled)
  return `${what}  [${line}] ${String(Math.floor(part * 100)).padStart(3)} %  ${sizeText(done)} of ${sizeText(total)}`
}

function draw(line: string): void {
  const clearLine = '\r\u001b[K'
  process.stderr.write(clearLine + line)
}
