import { linearize } from './checker/linearize.ts'
import { fileSpecification, type LockTimes, type Versions } from './file-specification.ts'
import type { Answered, Asked, Call, History } from './history.ts'

/** What is wrong with a history, for a person to read. `undefined`: nothing. */
export function judge(history: History, times: LockTimes): string | undefined {
  const versions = versionsOf(history)
  if (typeof versions === 'string') return versions
  const verdict = linearize(history, fileSpecification(history, versions, times))
  if (verdict.is === 'linearizable') return undefined
  if (verdict.is === 'undecided') return `could not be decided (${history.length} calls)`
  return explain(history, verdict.order)
}

/** Which content each version holds, as answers have told; or what is wrong with that. */
function versionsOf(history: History): Versions | string {
  const versions = new Map<string, number>()
  for (const { asked, answered } of history) {
    const told = contentTold(asked, answered)
    if (!told) continue
    const known = versions.get(told.version)
    if (known !== undefined && known !== told.write)
      return `version ${told.version} is said to hold both content ${known} and content ${told.write}`
    versions.set(told.version, told.write)
  }
  const names = new Map<number, string>()
  for (const [version, write] of versions) {
    const other = names.get(write)
    if (other !== undefined) return `content ${write} has two versions, ${other} and ${version}`
    names.set(write, version)
  }
  return versions
}

function contentTold(
  asked: Asked,
  answered: Answered,
): { readonly version: string; readonly write: number } | undefined {
  if (answered.is === 'content') return answered
  if (asked.what !== 'putFile' || answered.is !== 'done' || answered.version === undefined) return undefined
  return { version: answered.version, write: asked.write }
}

/** What came before the point where nothing fits any more, and what should have come next. */
function explain(history: History, order: readonly Call[]): string {
  const placed = new Set(order)
  const waiting = history.filter((call) => !placed.has(call))
  const soonest = Math.min(...waiting.map(({ ended }) => ended))
  const next = waiting.filter(({ began }) => began <= soonest)
  return [
    `no order explains the answers; the longest that explains ${order.length} of ${history.length} ends with`,
    ...order.slice(-12).map(line),
    'and after it none of these can come:',
    ...next.map(line),
  ].join('\n')
}

const line = ({ began, ended, asked, answered, node }: Call): string => {
  const { what, ...rest } = asked
  const { is, ...told } = answered
  const pairs = (all: object) => Object.entries(all).map(([name, value]) => ` ${name}=${value === '' ? 'none' : value}`)
  return `  ${began.toFixed(1)}–${ended.toFixed(1)} at ${node}: ${what}${pairs(rest).join('')} → ${is}${pairs(told).join('')}`
}
