import type { Person } from '../../../../src/session-messages.ts'
import { nameOf } from '../../avatars.ts'
import type { SharedDocument } from '../open/connection.ts'

/** Shows which paragraph each of the others is in, and tells them this one's. Names come from the office. */
export interface Whereabouts {
  setPeople(people: readonly Person[]): void
  end(): void
}

export function whereabouts({ awareness }: SharedDocument, stage: HTMLElement): Whereabouts {
  let people: readonly Person[] = []

  function redraw(): void {
    for (const marked of stage.querySelectorAll<HTMLElement>('.remote-at')) {
      marked.className = marked.className.replace(/ remote-at person-\d+/, '')
      delete marked.dataset['by']
    }
    for (const [client, state] of awareness.getStates()) {
      const person = client === awareness.clientID ? undefined : people.find(({ cursors }) => cursors.includes(client))
      const at: unknown = state['at']
      const field = typeof at === 'string' ? stage.querySelector<HTMLElement>(`[data-id="${CSS.escape(at)}"]`) : null
      if (!person || !field || field.dataset['by'] !== undefined) continue
      field.className += ` remote-at person-${person.color}`
      field.dataset['by'] = nameOf(person)
    }
  }

  const changed = (_: unknown, origin: unknown) => {
    if (origin !== 'local') redraw()
  }
  const share = (event: FocusEvent) => {
    const field = event.type === 'focusin' && event.target instanceof HTMLElement ? event.target : undefined
    awareness.setLocalStateField('at', field?.dataset['id'] ?? null)
  }
  awareness.on('change', changed)
  stage.addEventListener('focusin', share)
  stage.addEventListener('focusout', share)
  return {
    setPeople(next) {
      people = next
      redraw()
    },
    end() {
      awareness.off('change', changed)
      stage.removeEventListener('focusin', share)
      stage.removeEventListener('focusout', share)
    },
  }
}
