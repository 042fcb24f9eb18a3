import { type Finding, verdictOn } from './finding.ts'

const minute = 60_000
/** A clock may differ by so much without anybody noticing, in milliseconds; a Date header counts whole seconds. */
const tolerance = minute
/** What a host takes of the age of a proof, in milliseconds. */
const oldest = 20 * minute
const mostInFuture = 5 * minute

/** Whose clock it is. */
export interface ClockOf {
  readonly name: string
  /** Proofs are made by it. */
  readonly isSigner: boolean
}

/** Compares a clock, as the Date header of an answer has it, with ours. `undefined`: the answer has none. */
export function clockFinding({ name, isSigner }: ClockOf, date: string | undefined, now: number): Finding | undefined {
  const { ok, warning, problem } = verdictOn('clock')
  const ahead = Date.parse(date ?? '') - now
  if (Number.isNaN(ahead)) return undefined
  if (Math.abs(ahead) <= tolerance) return ok(`The clock of ${name} agrees with ours.`)
  const minutes = Math.max(1, Math.round(Math.abs(ahead) / minute))
  const how = `The clock of ${name} is ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ${ahead > 0 ? 'ahead of' : 'behind'} ours`
  const todo = 'set both by a time server'
  if (!isSigner) return warning(`${how}: ${todo}.`)
  if (ahead > mostInFuture || -ahead > oldest) return problem(`${how}, so proofs are refused: ${todo}.`)
  return warning(
    `${how}, and proofs are refused once it is ${mostInFuture / minute} ahead or ${oldest / minute} behind: ${todo}.`,
  )
}
