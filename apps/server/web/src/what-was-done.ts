import type { ActivityItem } from '../../src/api.ts'
import { strings } from './strings.ts'

/** What somebody did, as a sentence. */
export const whatWasDone = ({ action, isReply, by }: ActivityItem): string =>
  strings.did[action === 'created' && isReply ? 'replied' : action](by)
