import { type Extension, type Range, RangeSet } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view'
import * as Y from 'yjs'
import type { Person } from '../../../../src/session-messages.ts'
import { nameOf } from '../../avatars.ts'
import type { SharedText } from './text-and-cursors.ts'

/** Cursors and selections of the others, and the sending of one's own. Names come from the office, not from browsers. */
export interface RemoteCursors {
  readonly extension: Extension
  setPeople(people: readonly Person[]): void
}

interface Cursor {
  readonly anchor: unknown
  readonly head: unknown
}

/** Follows the cursors in a shared text. */
export function remoteCursors(shared: SharedText): RemoteCursors {
  let people: readonly Person[] = []
  const views = new Set<EditorView>()
  const redraw = () => {
    for (const view of views) view.dispatch({})
  }

  const plugin = ViewPlugin.fromClass(
    class {
      decorations: DecorationSet = RangeSet.empty
      readonly view: EditorView
      readonly listener: (_: unknown, origin: unknown) => void

      constructor(view: EditorView) {
        this.view = view
        this.listener = (_, origin) => {
          // One's own state changes while the view updates, when it must not be told to update once more.
          if (origin !== 'local') queueMicrotask(redraw)
        }
        views.add(view)
        shared.awareness.on('change', this.listener)
      }

      update(update: ViewUpdate) {
        if (update.selectionSet || update.focusChanged || update.docChanged) share(shared, update)
        this.decorations = decorate(shared, people, update.state.doc.length)
      }

      destroy() {
        views.delete(this.view)
        shared.awareness.off('change', this.listener)
      }
    },
    { decorations: (value) => value.decorations },
  )
  return {
    extension: plugin,
    setPeople(next) {
      people = next
      queueMicrotask(redraw)
    },
  }
}

/** Positions are tied to characters, so that they stay right while others type. */
function share({ text, awareness }: SharedText, { state, view }: ViewUpdate): void {
  const { anchor, head } = state.selection.main
  if (Math.max(anchor, head) > text.length) return
  const at = (index: number) => Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index))
  const cursor = view.hasFocus ? { anchor: at(anchor), head: at(head) } : null
  const before = awareness.getLocalState()?.['cursor'] ?? null
  if (JSON.stringify(before) !== JSON.stringify(cursor)) awareness.setLocalStateField('cursor', cursor)
}

function decorate({ text, awareness }: SharedText, people: readonly Person[], length: number): DecorationSet {
  const ranges: Range<Decoration>[] = []
  for (const [client, state] of awareness.getStates()) {
    const person = client === awareness.clientID ? undefined : people.find(({ cursors }) => cursors.includes(client))
    const cursor: Cursor | undefined = state['cursor'] ?? undefined
    const from = cursor && position(text, cursor.anchor)
    const to = cursor && position(text, cursor.head)
    if (!person || from === undefined || to === undefined || Math.max(from, to) > length) continue
    if (from !== to) {
      ranges.push(
        Decoration.mark({ class: `remote-selection person-${person.color}` }).range(
          Math.min(from, to),
          Math.max(from, to),
        ),
      )
    }
    ranges.push(Decoration.widget({ widget: new Caret(person), side: 1 }).range(to))
  }
  return Decoration.set(ranges, true)
}

/** What another browser has sent may be anything. */
function position(text: Y.Text, raw: unknown): number | undefined {
  try {
    const found =
      text.doc && Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(raw), text.doc)
    return found?.type === text ? found.index : undefined
  } catch {
    return undefined
  }
}

class Caret extends WidgetType {
  readonly person: Person

  constructor(person: Person) {
    super()
    this.person = person
  }

  override eq(other: Caret): boolean {
    return other.person.id === this.person.id && other.person.color === this.person.color
  }

  override toDOM(): HTMLElement {
    const caret = document.createElement('span')
    caret.className = `remote-caret person-${this.person.color}`
    caret.setAttribute('aria-hidden', 'true')
    const label = document.createElement('span')
    label.className = 'remote-name'
    label.textContent = nameOf(this.person)
    caret.append('\u2060', label, '\u2060')
    return caret
  }

  override get estimatedHeight(): number {
    return -1
  }

  override ignoreEvent(): boolean {
    return true
  }
}
