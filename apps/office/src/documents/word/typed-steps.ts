import type * as Y from 'yjs'

/** One change of whoever writes, until it is in the file that is shared. */
export interface TypedStep {
  /** The page that it was made in, and its number there, from 1. */
  readonly by: number
  readonly number: number
  /** How long the document was that it was made to: one that is not so long is another one. */
  readonly size: number
  readonly step: unknown
}

const steps = (document: Y.Doc): Y.Array<unknown> => document.getArray('steps')

/** Tells the others what was typed, before there is a file with it. */
export const shareSteps = (document: Y.Doc, typed: readonly TypedStep[]): void => steps(document).push([...typed])

/** What is in no file yet. */
export const sharedSteps = (document: Y.Doc): readonly TypedStep[] => steps(document).toArray().filter(isTypedStep)

/** They are in a file now: all but what the page `by` has made after its change of that number. */
export function forgetSteps(document: Y.Doc, reached: { readonly by: number; readonly number: number }): void {
  const all = steps(document).toArray()
  const isLater = (one: unknown) => isTypedStep(one) && one.by === reached.by && one.number > reached.number
  const kept = all.findIndex(isLater)
  steps(document).delete(0, kept < 0 ? all.length : kept)
}

/** Calls back when someone else has typed. */
export function onSharedSteps(document: Y.Doc, typed: () => void): () => void {
  const heard = ({ changes }: Y.YEvent<Y.Array<unknown>>, { local }: Y.Transaction) => {
    if (!local && changes.added.size > 0) typed()
  }
  steps(document).observe(heard)
  return () => steps(document).unobserve(heard)
}

/** What another browser has sent may be anything. */
function isTypedStep(value: unknown): value is TypedStep {
  if (typeof value !== 'object' || value === null || !('step' in value)) return false
  return ['by', 'number', 'size'].every((name) => Number.isInteger(Reflect.get(value, name)))
}

/** The words that are in no file yet, as far as they can be read from the steps. */
export const typedWords = (document: Y.Doc): string =>
  sharedSteps(document)
    .map(({ step }) => wordsIn(fieldOf(fieldOf(step, 'slice'), 'content')))
    .join('')

/** Of each thing in a step, its text; a paragraph begins a line. */
function wordsIn(content: unknown): string {
  if (!Array.isArray(content)) return ''
  return content
    .map((node: unknown) => {
      const text = fieldOf(node, 'text')
      if (typeof text === 'string') return text
      return `${fieldOf(node, 'type') === 'paragraph' ? '\n' : ''}${wordsIn(fieldOf(node, 'content'))}`
    })
    .join('')
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
