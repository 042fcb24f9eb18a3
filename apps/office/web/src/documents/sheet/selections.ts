import type { Area } from '../../../../src/documents/sheet/reference.ts'
import { areaName, readArea } from '../../../../src/documents/sheet/reference.ts'
import type { Person } from '../../../../src/session-messages.ts'
import type { SharedDocument } from '../open/connection.ts'
import type { Mark } from './grid-events.ts'

/** Selections of the others, and the sending of one's own. Names come from the office, not from browsers. */
export interface Selections {
  share(sheet: number, area: Area): void
  setPeople(people: readonly Person[]): void
  end(): void
}

/** Follows what others have selected. */
export function selections({ awareness }: SharedDocument, show: (marks: readonly Mark[]) => void): Selections {
  let people: readonly Person[] = []
  const redraw = () => {
    const states = [...awareness.getStates()].filter(([client]) => client !== awareness.clientID)
    show(
      states.flatMap(([client, state]) => {
        const person = people.find(({ cursors }) => cursors.includes(client))
        return person ? markOf(state['cursor'], person) : []
      }),
    )
  }
  const changed = (_: unknown, origin: unknown) => {
    if (origin !== 'local') redraw()
  }
  awareness.on('change', changed)
  return {
    share: (sheet, area) => awareness.setLocalStateField('cursor', { sheet, area: areaName(area) }),
    setPeople(next) {
      people = next
      redraw()
    },
    end: () => awareness.off('change', changed),
  }
}

/** What another browser has sent may be anything. */
function markOf(cursor: unknown, { color }: Person): readonly Mark[] {
  if (typeof cursor !== 'object' || cursor === null) return []
  const sheet: unknown = Reflect.get(cursor, 'sheet')
  const area: unknown = Reflect.get(cursor, 'area')
  const found = typeof area === 'string' ? readArea(area) : undefined
  return typeof sheet === 'number' && found ? [{ sheet, area: found, color: colorOf(color) }] : []
}

/** The colours of people stand in the style sheet. */
function colorOf(color: number): string {
  const probe = document.createElement('span')
  probe.className = `person-${color}`
  document.body.append(probe)
  const found = getComputedStyle(probe).getPropertyValue('--person').trim()
  probe.remove()
  return found || '#2f6fdb'
}
