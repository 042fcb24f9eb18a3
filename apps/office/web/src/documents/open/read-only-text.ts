import type { ReadOnlyReason } from '../../../../src/session-messages.ts'
import { strings } from '../../strings.ts'

/** Why the document cannot be changed, as a sentence. */
export function readOnlyText({ code, by, why }: ReadOnlyReason): string {
  const sentence = [strings.readOnly[code], why].filter((part) => part !== undefined).join(' ')
  return by ? `${sentence} ${by.replace(/\.?$/, '.')}` : sentence
}

/** Whether someone's changes are at stake: then there is something to do, not only to know. */
export const isLoss = ({ code }: ReadOnlyReason): boolean => code.startsWith('lost-') || code === 'apart'
