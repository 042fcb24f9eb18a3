import type { RenderedDomContext } from '@eigenpal/docx-editor-core/plugin-api'
import type { Person } from '../../../../src/session-messages.ts'
import { nameOf } from '../../avatars.ts'
import { element } from '../../element.ts'
import type { SharedDocument } from '../open/connection.ts'

/** Where somebody else has the cursor, as a position in the document of the editor. */
export interface RemoteCaret {
  readonly person: Person
  readonly anchor: number
  readonly head: number
}

/** Where the others have their cursors. What another browser says of itself may be anything. */
export function remoteCarets({ awareness }: SharedDocument, people: readonly Person[]): readonly RemoteCaret[] {
  return [...awareness.getStates()].flatMap(([client, { cursor }]) => {
    const person = client === awareness.clientID ? undefined : people.find(({ cursors }) => cursors.includes(client))
    const { anchor, head } = typeof cursor === 'object' && cursor !== null ? cursor : {}
    return person && isPlace(anchor) && isPlace(head) ? [{ person, anchor, head }] : []
  })
}

const isPlace = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0

/** Draws the cursors and selections of the others over the pages. */
export function drawCarets(
  overlay: HTMLElement,
  { context, size }: { context: RenderedDomContext; size: number },
  carets: readonly RemoteCaret[],
): void {
  const { x, y } = context.getContainerOffset()
  overlay.replaceChildren(
    ...carets.flatMap(({ person, anchor, head }) => {
      const ends = [anchor, head].map((place) => Math.min(place, size))
      const rectangles = anchor === head ? [] : context.getRectsForRange(Math.min(...ends), Math.max(...ends))
      const place = context.getCoordinatesForPosition(ends[1] ?? 0)
      const at = (left: number, top: number, height: number) => ({ left: left + x, top: top + y, height })
      return [
        ...rectangles.map((one) =>
          boxed('word-selection', person, { ...at(one.x, one.y, one.height), width: one.width }),
        ),
        ...(place ? [boxed('word-caret', person, at(place.x, place.y, place.height), nameOf(person))] : []),
      ]
    }),
  )
}

function boxed(name: string, { color }: Person, place: Readonly<Record<string, number>>, label?: string): HTMLElement {
  const box = element(
    'div',
    { class: `${name} person-${color}`, 'aria-hidden': 'true' },
    label && element('span', { class: 'remote-name' }, label),
  )
  for (const [side, pixels] of Object.entries(place)) box.style.setProperty(side, `${pixels}px`)
  return box
}
