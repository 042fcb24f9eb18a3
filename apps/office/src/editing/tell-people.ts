import type { FromOffice, ReadOnlyReason } from '../session-messages.ts'
import type { Participant } from './participant.ts'
import type { People } from './people.ts'

interface Access {
  readonly people: People
  /** Whether anyone can write. */
  readonly isWritable: boolean
  readonly readOnlyFor: (participant: Participant) => ReadOnlyReason | undefined
}

/** Tells everyone who is there and what they may do, and lets write only who may. */
export function tellPeople({ people: everyone, isWritable, readOnlyFor }: Access): void {
  const people = everyone.described(isWritable)
  for (const participant of everyone.all()) {
    const readOnly = readOnlyFor(participant)
    for (const connection of participant.connections) {
      connection.readOnly = readOnly !== undefined || !isWritable
      const send = (message: FromOffice) => connection.sendStateless(JSON.stringify(message))
      send({ type: 'access', ...(readOnly && { readOnly }) })
      send({ type: 'people', people, you: participant.id })
    }
  }
}
