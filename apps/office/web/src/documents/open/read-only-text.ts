import type { ReadOnlyReason } from '../../../../src/session-messages.ts'
import { sentence, strings } from '../../strings.ts'

/** Why the document cannot be changed, as a sentence. */
export function readOnlyText({ code, by, why }: ReadOnlyReason): string {
  const whole = [strings.readOnly[code], why ? sentence(why, '') : ''].filter((part) => part !== '').join(' ')
  return by ? `${whole} ${by.replace(/\.?$/, '.')}` : whole
}

/** Whether someone's changes are at stake: then there is something to do, not only to know. */
export const isLoss = ({ code }: ReadOnlyReason): boolean => code.startsWith('lost-') || code === 'apart'
