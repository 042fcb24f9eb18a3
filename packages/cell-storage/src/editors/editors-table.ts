import { ticksSince0001 } from '../envelope/ticks.ts'
import { type XmlElement, xmlElement, xmlText } from '../envelope/xml-element.ts'

/** Somebody who has a file open. Plain JSON data. */
export interface Editor {
  /** What the client calls itself. */
  readonly clientId: string
  /** As others read it. */
  readonly name: string
  readonly login: string
  readonly email?: string
  readonly sipAddress?: string
  /** Or else they only read. */
  readonly canWrite: boolean
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  /** What the client lets others know: base64, by its key. */
  readonly metadata: Readonly<Record<string, string>>
}

/** Who has each file open: one slot for each file, changed only by compare-and-swap. */
export interface EditorsTables {
  /** What the slot of a file holds, expired or not. */
  read(file: string): Promise<readonly Editor[]>
  /** Puts `next` in the slot if it still holds `expected`, compared by value. `false`: it does not, and nothing changed. */
  swap(file: string, expected: readonly Editor[], next: readonly Editor[]): Promise<boolean>
}

/** Tables that last as long as this process. */
export function memoryEditorsTables(): EditorsTables {
  const slots = new Map<string, string>()
  const held = (file: string) => slots.get(file) ?? '[]'
  const ordered = (editors: readonly Editor[]) => JSON.stringify(editors.map(inOrder))
  return {
    async read(file) {
      return JSON.parse(held(file))
    },
    async swap(file, expected, next) {
      if (held(file) !== ordered(expected)) return false
      if (next.length > 0) slots.set(file, ordered(next))
      else slots.delete(file)
      return true
    },
  }
}

/** The same editor, so that the order of members makes no difference in JSON. */
const inOrder = (editor: Editor) => {
  const sorted = (value: object) => Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { ...sorted(editor), metadata: sorted(editor.metadata) }
}

/** How often somebody else may be faster. */
const mostTries = 20

/**
 * Makes another table of one, of whose editors none has expired. `undefined` from `change`: it stays as it is. `false`:
 * others change it all the time.
 */
export async function changeEditors(
  tables: EditorsTables,
  { file, now }: { readonly file: string; readonly now: number },
  change: (editors: readonly Editor[]) => readonly Editor[] | undefined,
): Promise<boolean> {
  for (let tries = 0; tries < mostTries; tries++) {
    const before = await tables.read(file)
    const next = change(before.filter(({ expiresAt }) => expiresAt > now))
    if (!next || (await tables.swap(file, before, next))) return true
  }
  return false
}

/** The table with an editor in it, whose metadata stay, and whose time is over no earlier than before. */
export function withEditor(editors: readonly Editor[], editor: Editor): readonly Editor[] {
  const before = editors.find(({ clientId }) => clientId === editor.clientId)
  const next = {
    ...editor,
    expiresAt: Math.max(editor.expiresAt, before?.expiresAt ?? 0),
    metadata: before?.metadata ?? {},
  }
  return [...editors.filter((each) => each !== before), next]
}

/** The table without an editor. */
export const withoutEditor = (editors: readonly Editor[], clientId: string): readonly Editor[] =>
  editors.filter((each) => each.clientId !== clientId)

const textElement = (name: string, text: string | undefined): XmlElement[] =>
  text === undefined ? [] : [xmlElement(name, {}, [text])]

const editorElement = (editor: Editor): XmlElement => {
  const metadata = Object.entries(editor.metadata).flatMap(([key, value]) => textElement(key, value))
  return xmlElement('Editor', {}, [
    ...textElement('CacheID', editor.clientId),
    ...textElement('FriendlyName', editor.name),
    ...textElement('LoginName', editor.login),
    ...textElement('SIPAddress', editor.sipAddress),
    ...textElement('EmailAddress', editor.email),
    ...textElement('HasEditorPermission', String(editor.canWrite)),
    ...textElement('Timeout', String(ticksSince0001(editor.expiresAt))),
    ...(metadata.length > 0 ? [xmlElement('Metadata', {}, metadata)] : []),
  ])
}

/** A table as XML. */
export const editorsXml = (editors: readonly Editor[]): string =>
  xmlText(xmlElement('EditorsTable', {}, editors.map(editorElement)))
