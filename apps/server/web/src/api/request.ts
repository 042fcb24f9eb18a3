import type { Problem } from '../../../src/api.ts'
import { strings } from '../strings.ts'
import { base } from './base.ts'

/** A refusal or a failure of the server, or its absence, in words for a person. */
export class RequestFailed extends Error {
  /** The status of the answer. `0`: there was none. */
  readonly status: number
  /** A name that would be accepted. */
  readonly suggestion: string | undefined

  constructor(status: number, problem: Problem) {
    super(problem.message)
    this.status = status
    this.suggestion = problem.suggestion
  }
}

/** What to send besides the path. */
export interface Sent {
  readonly method?: 'POST' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** No page of another site can send this header, so the server takes no change without it. */
export const ownHeader = { 'X-OpenWOPI': '1' } as const

/** Asks the server's API. Rejects with `RequestFailed`. */
export const request = async <T>(path: string, { method, body, signal }: Sent = {}): Promise<T> => {
  const answer = await fetch(`${base}/api${path}`, {
    method: method ?? 'GET',
    headers: { ...ownHeader, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new RequestFailed(0, { message: strings.noConnection })
  })
  const text = await answer.text()
  if (!answer.ok) throw new RequestFailed(answer.status, problemOf(text))
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** The problem that an answer carries, or a general one where it carries none. */
export const problemOf = (text: string): Problem => {
  try {
    const problem: Partial<Problem> | null = JSON.parse(text)
    if (typeof problem?.message === 'string') return { ...problem, message: problem.message }
  } catch {
    // Not JSON: something between the server and this page has answered.
  }
  return { message: strings.unexplained }
}

/** What went wrong, in words for a person. */
export const messageOf = (error: unknown): string =>
  error instanceof RequestFailed ? error.message : strings.unexplained

/** Whether asking again later may help: the server was not there, or was in trouble. */
export const isPassing = (error: unknown): boolean =>
  error instanceof RequestFailed && (error.status === 0 || error.status >= 500)
