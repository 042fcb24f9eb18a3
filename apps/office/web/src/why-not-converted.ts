import { ApiFailure } from './api-failure.ts'
import { strings } from './strings.ts'

const isWhy = (why: string): why is keyof typeof strings.notConverted => Object.hasOwn(strings.notConverted, why)

/** Why the converter has made nothing. `undefined`: it was not the converter's fault. */
export function whyNotConverted(cause: unknown): string | undefined {
  const why = cause instanceof ApiFailure ? cause.why : ''
  return isWhy(why) ? strings.notConverted[why] : undefined
}
