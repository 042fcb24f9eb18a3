import type { MoveReport } from '../moving/moved.ts'
import { columns, printable, sizeText } from './text.ts'

const redrawAfter = 100
const clearLine = '\r\u001b[K'

/** What a move tells: a line that moves on at a terminal, what went wrong at once, and the counts at the end. */
export function moveProgress(): { readonly report: MoveReport; end(): void } {
  const counts = new Map<string, number>()
  let [bytes, failures, drawnAt] = [0, 0, 0]
  let at = ''
  const draw = () => {
    if (!process.stderr.isTTY || Date.now() - drawnAt < redrawAfter) return
    drawnAt = Date.now()
    const done = [...counts.values()].reduce((sum, count) => sum + count, 0)
    process.stderr.write(`${clearLine}${done} done, ${sizeText(bytes)}  ${printable(at)}`.slice(0, 200))
  }
  const clear = () => process.stderr.isTTY && process.stderr.write(clearLine)
  return {
    report: {
      done(what, path) {
        counts.set(what, (counts.get(what) ?? 0) + 1)
        at = path
        draw()
      },
      failed(path, why) {
        failures++
        clear()
        process.stderr.write(`${printable(path)}: ${printable(why)}\n`)
      },
      passed(count) {
        bytes += count
        draw()
      },
    },
    end() {
      clear()
      const rows = [...counts].map(([what, count]) => [words[what] ?? what, count.toLocaleString('en')])
      const all = [...rows, ['Bytes', sizeText(bytes)], ...(failures > 0 ? [['Failed', String(failures)]] : [])]
      process.stdout.write(`${columns(all)}\n`)
      if (failures > 0) process.exitCode = 1
    },
  }
}

const words: Readonly<Record<string, string>> = {
  folder: 'Folders',
  file: 'Files',
  added: 'Files added',
  continued: 'Files brought up to date',
  unchanged: 'Files unchanged',
  'moved on': 'Files newer in the database',
  removed: 'Removed in the database since',
  shares: 'Links',
  restricted_links: 'Links of restricted use',
  activities: 'Comments',
  user_info: 'Settings of people in editors',
  settings: 'Keys',
  users: 'People',
  secrets: 'Credentials',
  mentions_seen: 'Mentions looked at',
  revoked_tokens: 'Tokens revoked',
  office_spent: 'Tickets used',
  office_leftovers: 'Documents left over by the office',
  audit: 'Entries of the audit log',
}
