import type * as Y from 'yjs'
import { type Reached, reachedByFile } from '../../../../src/documents/word/file-in-document.ts'
import { sharedSteps, shareSteps, type TypedStep } from '../../../../src/documents/word/typed-steps.ts'
import type { MadeStep } from './steps.ts'

/** What is typed into one document on the screen on its way to the others, and what they type on its way here. */
export class TypingTogether {
  readonly #document: Y.Doc
  readonly #me = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  #own = 0
  /** The last change that nobody was told of. */
  #skipped = 0
  /** The last change that is seen here, of whoever has made it. */
  #reached: Reached | undefined

  /** `reached`: what is in the file that is shown. */
  constructor(document: Y.Doc, reached: Reached | undefined) {
    this.#document = document
    this.#reached = reached
  }

  /** All that was typed here. */
  get own(): Reached {
    return { by: this.#me, number: this.#own }
  }

  /** Whether everything that was done here and is not in the shared file is among the steps that were told. */
  get isTold(): boolean {
    const file = reachedByFile(this.#document)
    return this.#skipped <= (file?.by === this.#me ? file.number : 0)
  }

  tell(made: readonly MadeStep[]): void {
    const steps = made.map(({ size, step }) => ({ by: this.#me, number: ++this.#own, size, step: step.toJSON() }))
    shareSteps(this.#document, steps)
    this.#reached = this.own
  }

  /** Something else has changed, which the others see when there is a file with it. */
  skip(): void {
    this.#skipped = ++this.#own
    this.#reached = this.own
  }

  /** What was typed elsewhere and comes next here, in its order. */
  next(): readonly TypedStep[] {
    const found: TypedStep[] = []
    let reached = this.#reached
    for (const step of sharedSteps(this.#document)) {
      if (step.by === this.#me || (step.by === reached?.by && step.number <= reached.number)) continue
      if (step.number !== (step.by === reached?.by ? reached.number + 1 : 1)) break
      found.push(step)
      reached = step
    }
    return found
  }

  /** These were done here. */
  did(steps: readonly TypedStep[]): void {
    const last = steps.at(-1)
    if (last) this.#reached = { by: last.by, number: last.number }
  }

  /** Whether everything that is in a file is seen here already. */
  has(file: Reached | undefined): boolean {
    return file !== undefined && file.by === this.#reached?.by && file.number <= this.#reached.number
  }
}
