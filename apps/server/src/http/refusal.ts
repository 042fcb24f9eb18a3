import type { Problem } from '../api.ts'

/** A request that is answered with a status and a sentence for the person who made it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, message: string, more: RefusalDetails = {}) {
    super(message, { cause: more.cause })
    this.status = status
    this.problem = { message, ...(more.suggestion !== undefined && { suggestion: more.suggestion }) }
    this.headers = more.headers ?? {}
  }
}

export interface RefusalDetails {
  readonly suggestion?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly cause?: unknown
}

/** The refusal of someone who asks too often. `wait` is in milliseconds. */
export const tooMany = (message: string, wait: number): Refusal =>
  new Refusal(429, message, { headers: { 'Retry-After': String(Math.max(1, Math.ceil(wait / 1000))) } })
