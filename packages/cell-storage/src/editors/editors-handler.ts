import { failed, type SubAnswer, succeeded } from '../envelope/answer.ts'
import type { SubRequestHandler } from '../envelope/answer-envelope.ts'
import type { Attributes } from '../envelope/envelope.ts'
import type { Caller } from '../envelope/who-am-i.ts'
import { changeEditors, type Editor, type EditorsTables, withEditor, withoutEditor } from './editors-table.ts'

/** What requests for the table of editors are answered from. */
export interface EditorsScope {
  readonly editors: EditorsTables
  /** The id of the file. */
  readonly file: string
  /** Whether there is such a file. */
  readonly exists: () => Promise<boolean>
  readonly caller: Caller
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** How long an editor may stay without another word, in seconds. */
const timeouts = { least: 60, most: 120_000 }
const mostEditors = 1000
const mostKeys = 4
/** Bytes. */
const longest = { key: 64, value: 1024 }

/** What a request is answered by. */
interface Question {
  readonly editors: readonly Editor[]
  readonly attributes: Attributes
  readonly value: Uint8Array
  readonly caller: Caller
  readonly now: number
}

type Verdict = { readonly next: readonly Editor[] } | SubAnswer
type Rule = (question: Question) => Verdict

const isTrue = (text: string | undefined) => text?.toLowerCase() === 'true' || text === '1'
const isXmlName = (text: string) => /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(text)

/** The caller as an editor. `canWrite`: not only a reader. */
export const editorOf = (
  { name, login, email, sipAddress }: Caller,
  about: Pick<Editor, 'clientId' | 'canWrite' | 'expiresAt'>,
): Editor => ({
  ...about,
  name,
  login,
  ...(email !== undefined && { email }),
  ...(sipAddress !== undefined && { sipAddress }),
  metadata: {},
})

function join({ editors, attributes, caller, now }: Question): Verdict {
  const { ClientID: clientId = '', AsEditor, Timeout } = attributes
  if (isTrue(AsEditor) && !caller.canWrite) return failed('FileUnauthorizedAccess')
  // Whoever only reads is listed with what they may do, as others want to know it.
  const { canWrite } = caller
  const next = withEditor(editors, editorOf(caller, { clientId, canWrite, expiresAt: now + 1000 * Number(Timeout) }))
  return next.length > mostEditors ? failed('NumberOfCoauthorsReachedMax') : { next }
}

const leave: Rule = ({ editors, attributes }) => ({ next: withoutEditor(editors, attributes['ClientID'] ?? '') })

/** Changes what an editor lets others know. */
function withMetadata(
  question: Question,
  change: (before: Editor['metadata'], key: string) => Editor['metadata'],
): Verdict {
  const { editors, attributes } = question
  const key = attributes['Key'] ?? ''
  const editor = editors.find(({ clientId }) => clientId === attributes['ClientID'])
  if (!editor) return failed('EditorClientIdNotFound')
  if (Buffer.byteLength(key) > longest.key || question.value.length > longest.value) {
    return failed('EditorMetadataStringExceedsLengthLimit')
  }
  if (!isXmlName(key)) return failed('InvalidArgument', 'Key is no name that an element can have.')
  const metadata = change(editor.metadata, key)
  if (Object.keys(metadata).length > mostKeys) return failed('EditorMetadataQuotaReached')
  return { next: editors.map((each) => (each === editor ? { ...editor, metadata } : each)) }
}

const update: Rule = (question) =>
  withMetadata(question, (before, key) => ({ ...before, [key]: Buffer.from(question.value).toString('base64') }))

const remove: Rule = (question) =>
  withMetadata(question, (before, key) => Object.fromEntries(Object.entries(before).filter(([name]) => name !== key)))

/** What clients do with the table of editors, by `EditorsTableRequestType`. */
const requests: Readonly<Record<string, { readonly needs: readonly string[]; readonly rule: Rule }>> = {
  JoinEditingSession: { needs: ['ClientID', 'Timeout', 'AsEditor'], rule: join },
  LeaveEditingSession: { needs: ['ClientID'], rule: leave },
  RefreshEditingSession: { needs: ['ClientID', 'Timeout', 'AsEditor'], rule: join },
  UpdateEditorMetadata: { needs: ['ClientID', 'Key'], rule: update },
  RemoveEditorMetadata: { needs: ['ClientID', 'Key'], rule: remove },
}

/** Answers requests for the table of editors. Clients of the first version keep it themselves. */
export const editorsHandler =
  (scope: EditorsScope): SubRequestHandler =>
  async ({ attributes = {}, bytes = new Uint8Array() }, { minorVersion }) => {
    if (minorVersion < 2)
      return failed('InvalidSubRequest', 'Clients of version 2.0 keep the table of editors themselves.')
    const type = attributes['EditorsTableRequestType'] ?? ''
    const row = Object.hasOwn(requests, type) ? requests[type] : undefined
    const wrong = row
      ? wrongIn(row.needs, attributes)
      : `EditorsTableRequestType is none of ${Object.keys(requests).join(', ')}.`
    if (!row || wrong) return failed('InvalidArgument', wrong)
    if (!(await scope.exists())) return failed('FileNotExistsOrCannotBeCreated')
    return carriedOut(row.rule, { attributes, value: bytes, caller: scope.caller, now: scope.now() }, scope)
  }

function wrongIn(needs: readonly string[], attributes: Attributes): string | undefined {
  const missing = needs.find((name) => (attributes[name] ?? '') === '')
  if (missing) return `${missing} is missing.`
  if (!needs.includes('Timeout')) return undefined
  const seconds = /^\d{1,9}$/.test(attributes['Timeout'] ?? '') ? Number(attributes['Timeout']) : 0
  const isRight = seconds >= timeouts.least && seconds <= timeouts.most
  return isRight ? undefined : `Timeout is no number from ${timeouts.least} to ${timeouts.most}.`
}

async function carriedOut(
  rule: Rule,
  question: Omit<Question, 'editors'>,
  { editors: tables, file }: EditorsScope,
): Promise<SubAnswer> {
  let answer = succeeded()
  const isDone = await changeEditors(tables, { file, now: question.now }, (editors) => {
    const verdict = rule({ ...question, editors })
    if ('next' in verdict) return verdict.next
    answer = verdict
    return undefined
  })
  return isDone ? answer : failed('CoauthRefblobConcurrencyViolation', 'Others change the table all the time.')
}
