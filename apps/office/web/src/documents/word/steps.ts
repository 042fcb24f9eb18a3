import { Plugin, PluginKey, type Transaction } from 'prosemirror-state'
import { Step } from 'prosemirror-transform'
import type { EditorView } from 'prosemirror-view'
import type { TypedStep } from '../../../../src/documents/word/typed-steps.ts'

/** A change that was made in an editor, and how long the document was before it. */
export interface MadeStep {
  readonly size: number
  readonly step: Step
}

export interface StepEvents {
  /** Something was typed here. */
  made(steps: readonly MadeStep[]): void
  /** The cursor, or the document, is another one. */
  moved(view: EditorView): void
}

const made = new PluginKey<readonly MadeStep[]>('made')
const followed = 'followed'
/** Whether a transaction is done after someone else. */
export const isFollowed = (transaction: Transaction): boolean =>
  transaction.getMeta(followed) === true || transaction.getMeta('appendedTransaction')?.getMeta(followed) === true

/** Tells what is typed in an editor, and not what it does after others. */
export function tellSteps(events: StepEvents): Plugin {
  const told = new WeakSet<MadeStep>()
  const untold = (steps: readonly MadeStep[]) => steps.filter((step) => !told.has(step))
  return new Plugin<readonly MadeStep[]>({
    key: made,
    state: {
      init: () => [],
      apply: (transaction, before) =>
        transaction.docChanged && !isFollowed(transaction) ? [...untold(before), ...stepsOf(transaction)] : before,
    },
    view: () => ({
      update(view, before) {
        const steps = untold(made.getState(view.state) ?? [])
        for (const step of steps) told.add(step)
        if (steps.length > 0) events.made(steps)
        if (steps.length > 0 || !before.selection.eq(view.state.selection) || before.doc !== view.state.doc)
          events.moved(view)
      },
    }),
  })
}

const stepsOf = ({ steps, docs }: Transaction): readonly MadeStep[] =>
  steps.map((step, index) => ({ step, size: docs[index]?.content.size ?? -1 }))

/** Does what someone else has done, as far as it fits to the document here. Says how many of the steps it did. */
export function followSteps(view: EditorView, steps: readonly TypedStep[]): number {
  const { tr, schema } = view.state
  let done = 0
  for (const { size, step } of steps) {
    if (tr.doc.content.size !== size || !attempt(() => tr.maybeStep(Step.fromJSON(schema, step)).failed === null)) break
    done++
  }
  if (done > 0) view.dispatch(tr.setMeta(followed, true).setMeta('addToHistory', false))
  return done
}

/** What another browser has sent may be anything. */
function attempt(run: () => boolean): boolean {
  try {
    return run()
  } catch {
    return false
  }
}
