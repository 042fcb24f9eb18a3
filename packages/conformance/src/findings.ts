import { type Answer, wordsOf } from './answer.ts'

/** A host does not do what a check asks for. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed'
  /** What should have come. */
  readonly expected: string
  /** What came. */
  readonly came: string

  constructor(expected: string, came: string) {
    super(`expected ${expected}; came ${came}`)
    this.expected = expected
    this.came = came
  }
}

/** A check cannot be run here; the message says why. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun'
}

/** Fails the check unless `isSo`. */
export function expectThat(isSo: boolean, expected: string, came: string): asserts isSo {
  if (!isSo) throw new CheckFailed(expected, came)
}

/** Fails the check unless the answer has one of `statuses`. */
export function expectStatus(answer: Answer, statuses: readonly number[], about = ''): void {
  const expected = `status ${statuses.join(' or ')}`
  expectThat(statuses.includes(answer.status), about ? `${expected} ${about}` : expected, wordsOf(answer))
}

/** Fails the check unless the answer names the lock that is held; an empty one may be left out. */
export function expectLock(answer: Answer, lock: string): void {
  expectThat((answer.headers.get('X-WOPI-Lock') ?? '') === lock, `X-WOPI-Lock "${lock}"`, wordsOf(answer))
}

/** What a check begins with. When it does not come about, something else is wrong, and this check cannot tell. */
export function given(answer: Answer, what: string): Answer {
  if (answer.status === 200) return answer
  throw new CannotRun(`${what}, with which this check begins, answered ${wordsOf(answer)}.`)
}
