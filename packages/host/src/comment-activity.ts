import type { Activity } from '@openwopi/protocol'
import type { ActivityPerson, CommentActivity } from './activities.ts'

type Members = Readonly<Record<string, unknown>>

const actions = ['created', 'updated', 'deleted'] as const

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null
const maybe = (value: unknown, kind: 'string' | 'boolean') => isAbsent(value) || typeof value === kind

/** Reads a comment; members that are not known are passed over. A text says what is wrong with it. */
export function readComment({ Id, Data, People, Timestamp, Created }: Activity): CommentActivity | string {
  if (!isObject(Data)) return 'Data is missing'
  const { ContentId, NavigationId, ContentAction, CommentText, IsReply } = Data
  const action = actions.find((each) => each === ContentAction)
  if (!action) return `Data.ContentAction is none of ${actions.join(', ')}`
  if (!isText(ContentId)) return 'Data.ContentId is no text'
  if (!maybe(NavigationId, 'string')) return 'Data.NavigationId is no text'
  if (!maybe(CommentText, 'string')) return 'Data.CommentText is no text'
  if (!maybe(IsReply, 'boolean')) return 'Data.IsReply is neither true nor false'
  const people = readPeople(People)
  if (!people) return 'People is no list of people with Id, Name and Provider'
  const at = isText(Timestamp) ? Timestamp : Created
  return {
    id: Id,
    action,
    contentId: ContentId,
    ...(isText(NavigationId) && { navigationId: NavigationId }),
    ...(isText(CommentText) && { text: CommentText }),
    isReply: IsReply === true,
    people,
    ...(isText(at) && { at }),
  }
}

function readPeople(value: unknown): readonly ActivityPerson[] | undefined {
  if (isAbsent(value)) return []
  if (!Array.isArray(value)) return undefined
  const people = value.map(readPerson)
  return people.every((person) => person !== undefined) ? people : undefined
}

function readPerson(value: unknown): ActivityPerson | undefined {
  if (!isObject(value)) return undefined
  const { Id, Name, Provider, Mentioned } = value
  if (!isText(Id) || !isText(Name) || !isText(Provider)) return undefined
  return { id: Id, name: Name, provider: Provider, isMentioned: Mentioned === true }
}
