import type { Specification } from './checker/linearize.ts'
import type { Answered, Call, History } from './history.ts'

/** How long locks last, and what is known of the clocks, in milliseconds. */
export interface LockTimes {
  readonly lifetime: number
  /** How far the time by which servers judge locks may be from the time by which calls are measured. */
  readonly tolerance: number
}

/** What a file is, as far as locks and contents go. */
interface State {
  /** The last save. Absent: the file is as empty as it was made. */
  readonly saved?: Call
  /** Absent: nobody has locked the file, or the last one has unlocked it. */
  readonly lock?: Held
}

interface Held {
  readonly id: string
  /** The call that took or refreshed it. */
  readonly by: Call
  /** Somebody has seen that its time was over. */
  readonly isOver: boolean
}

/** The versions of a file by name, each with the number of its content. */
export type Versions = ReadonlyMap<string, number>

/**
 * What WOPI says of a file: a lock that one client holds, ended by Unlock or by time, and a content that only the holder
 * of the lock replaces; 409 says which lock is held. Each save makes a version of a new name.
 */
export function fileSpecification(history: History, versions: Versions, times: LockTimes): Specification<State, Call> {
  /** What a call can see: a lock ends at a time that the caller knows only roughly. */
  function seen(state: State, call: Call): readonly State[] {
    const { lock } = state
    if (!lock || lock.isOver) return [state]
    const mayBeOver = call.ended >= lock.by.began + times.lifetime - times.tolerance
    const mayBind = call.began <= endOf(lock)
    return [...(mayBind ? [state] : []), ...(mayBeOver ? [{ ...state, lock: { ...lock, isOver: true } }] : [])]
  }

  /** When it binds nobody any more, whatever the clocks. */
  const endOf = ({ by }: Held) => by.ended + times.lifetime + times.tolerance

  function after(state: State, call: Call): State | undefined {
    const { asked, answered } = call
    switch (asked.what) {
      case 'lock':
        return binding(state) === undefined ? done(locked(state, call, asked.lock), call) : ofHolder(asked.lock)
      case 'refreshLock':
        return ofHolder(asked.lock)
      case 'unlockAndRelock':
        return ofHolder(asked.oldLock)
      case 'unlock':
        return ofHolder(asked.lock)
      case 'putFile':
        return save(state, call, asked.lock)
      case 'getLock':
        return answered.is === 'held' && answered.lock === (binding(state) ?? '') ? state : undefined
      default:
        return answered.is === 'content' && isAt(state, answered) && answered.write === numberOf(state)
          ? state
          : undefined
    }

    function ofHolder(id: string): State | undefined {
      if (answered.is === 'refused') return binding(state) === id ? undefined : refused(state, answered.held)
      if (binding(state) !== id && !heldAtFirst(state, call, id)) return undefined
      const next =
        asked.what === 'unlock' || !('lock' in asked) ? unlocked(state) : locked(state, call, asked.lock ?? '')
      return done(next, call)
    }
  }

  const done = (next: State, { answered }: Call): State | undefined =>
    answered.is === 'unknown' || (answered.is === 'done' && isAt(next, answered)) ? next : undefined

  function save(state: State, call: Call, lock: string | undefined): State | undefined {
    const { answered } = call
    if (answered.is === 'refused')
      return mustSave(state, lock) && !isOvertaken(call) ? undefined : refused(state, answered.held)
    return mustSave(state, lock) || heldAtFirst(state, call, lock) ? done({ ...state, saved: call }, call) : undefined
  }

  /** Of two saves that overlap the host takes one for the later, and refuses the other so that it does not replace that. */
  const isOvertaken = (call: Call): boolean =>
    history.some(
      (other) =>
        other !== call && other.asked.what === 'putFile' && other.began <= call.ended && other.ended >= call.began,
    )

  /** A lock that held when a call of its holder began may hold for the whole of it, if nobody has taken it over. */
  const heldAtFirst = ({ lock }: State, call: Call, id: string | undefined): boolean =>
    lock?.isOver === true && lock.id === id && call.began <= endOf(lock)

  /** Whether a version that an answer names is the present one. */
  function isAt(state: State, answered: Answered): boolean {
    if (!('version' in answered) || answered.version === undefined) return true
    const write = versions.get(answered.version)
    // Nobody has ever seen what it holds: no save whose answer is known.
    if (write === undefined) return !state.saved || state.saved.answered.is === 'unknown'
    return write === numberOf(state)
  }

  const seenWrites = new Set(versions.values())
  /** Saves that nobody has seen the content of do the same. */
  function kind({ asked }: Call): string {
    const { what, ...rest } = asked
    if (asked.what === 'putFile' && !seenWrites.has(asked.write)) return `${what} ${asked.lock}`
    return `${what} ${Object.values(rest).join(' ')}`
  }

  return {
    initial: {},
    kind,
    name: (state) =>
      `${numberOf(state)} ${state.lock ? `${state.lock.by.began} ${state.lock.by.ended} ${state.lock.id} ${state.lock.isOver}` : ''}`,
    step: (state, call) => seen(state, call).flatMap((view) => after(view, call) ?? []),
  }
}

const binding = ({ lock }: State): string | undefined => (lock && !lock.isOver ? lock.id : undefined)

/** Only the holder of the lock saves; an empty file without a lock, anybody. */
function mustSave(state: State, lock: string | undefined): boolean {
  const held = binding(state)
  return held === undefined ? state.saved === undefined : held === lock
}

const refused = (state: State, held: string): State | undefined => (held === (binding(state) ?? '') ? state : undefined)

const locked = (state: State, by: Call, id: string): State => ({ ...state, lock: { id, by, isOver: false } })

const unlocked = ({ saved }: State): State => (saved ? { saved } : {})

const numberOf = ({ saved }: State): number => (saved?.asked.what === 'putFile' ? saved.asked.write : 0)
