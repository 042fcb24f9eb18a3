/** A call as somebody saw it from outside. */
export interface Interval {
  /** When it was made. */
  readonly began: number
  /** When its answer was there. Infinite: nobody knows whether it took effect, or ever will. */
  readonly ended: number
}

/** What an object does that takes one call after the other. */
export interface Specification<State, Call extends Interval> {
  readonly initial: State
  /** The states that there may be after a call that was answered as it was. None: it cannot be answered so. */
  step(state: State, call: Call): readonly State[]
  /** Two states with the same name are the same. */
  name(state: State): string
  /**
   * Of calls whose end nobody knows and whose kind is the same, the one that began first can stand for any other. Absent:
   * each is of a kind of its own.
   */
  kind?(call: Call): string
}

/** What is found out about a history. */
export type Verdict<Call> =
  | { readonly is: 'linearizable' }
  /** `order`: the longest order of calls that explains their answers. After it, no call can come. */
  | { readonly is: 'not linearizable'; readonly order: readonly Call[] }
  /** The search was given up. */
  | { readonly is: 'undecided' }

/** How many steps are tried before a search is given up. */
const mostSteps = 500_000

/**
 * Whether the calls can have taken effect one after the other, each between its begin and its end, so that every answer
 * is the one that the specification gives. This is the search of Wing and Gong with Lowe's memory of what has been tried.
 */
export function linearize<State, Call extends Interval>(
  calls: readonly Call[],
  { initial, step, name, kind }: Specification<State, Call>,
  limit = mostSteps,
): Verdict<Call> {
  const waiting = waitingCalls(calls, kind)
  const tried = new Set<string>()
  let longest: readonly Call[] = []

  function* moves(state: State): Generator<Move<State, Call>> {
    for (const call of waiting.next()) for (const after of step(state, call)) yield { call, after }
  }

  /** Whether the search has not been here before. */
  function isNew(state: State): boolean {
    const here = `${waiting.name()} ${name(state)}`
    if (tried.has(here)) return false
    tried.add(here)
    if (waiting.taken().length > longest.length) longest = [...waiting.taken()]
    return true
  }

  const path = [moves(initial)]
  for (let steps = 0; steps < limit; steps++) {
    if (waiting.onlyUnknown()) return { is: 'linearizable' }
    const move = path.at(-1)?.next()
    if (!move) return { is: 'not linearizable', order: longest }
    if (move.value) waiting.take(move.value.call)
    if (move.value && isNew(move.value.after)) path.push(moves(move.value.after))
    else if (move.value) waiting.putBack()
    else if (path.pop() && path.length > 0) waiting.putBack()
  }
  return { is: 'undecided' }
}

/** A call that is put in its place. */
interface Move<State, Call> {
  readonly call: Call
  readonly after: State
}

/** The calls of a history that have not been put in their place yet. */
interface Waiting<Call> {
  /** Those that can be next: no other has ended before they began. */
  next(): readonly Call[]
  take(call: Call): void
  /** Takes the last one back. */
  putBack(): void
  taken(): readonly Call[]
  /** What is left need not ever have taken effect. */
  onlyUnknown(): boolean
  /** Which ones are left. */
  name(): string
}

function waitingCalls<Call extends Interval>(
  calls: readonly Call[],
  kind: ((call: Call) => string) | undefined,
): Waiting<Call> {
  const inOrder = [...calls].sort((one, other) => one.began - other.began)
  const known = inOrder.filter((call) => !isUnknown(call))
  const unknown = inOrder.filter(isUnknown)
  const numbers = new Map(known.map((call, index) => [call, index]))
  const done = new Set<Call>()
  const order: Call[] = []
  let first = 0

  /** Known calls that began before the first one that waits had ended: all others wait too. */
  function* around(): Generator<Call> {
    const end = known[first]?.ended ?? 0
    for (let index = first; index < known.length; index++) {
      const call = known[index]
      if (!call || call.began > end) return
      yield call
    }
  }

  function firstOfEach(open: readonly Call[]): readonly Call[] {
    if (!kind) return open
    const kinds = new Map<string, Call>()
    for (const call of open) if (!kinds.has(kind(call))) kinds.set(kind(call), call)
    return [...kinds.values()]
  }

  return {
    next() {
      const found = [...around()].filter((call) => !done.has(call))
      const end = Math.min(...found.map(({ ended }) => ended))
      const canBeNext = (call: Call) => call.began <= end
      // Whoever ends first is tried first, and what need not have happened last: that is how it mostly was.
      const soonest = found.filter(canBeNext).sort((one, other) => one.ended - other.ended)
      return [...soonest, ...firstOfEach(unknown.filter((call) => !done.has(call) && canBeNext(call)))]
    },
    take(call) {
      done.add(call)
      order.push(call)
      for (let next = known[first]; next && done.has(next); next = known[first]) first++
    },
    putBack() {
      const call = order.pop()
      if (!call) return
      done.delete(call)
      const place = numbers.get(call)
      if (place !== undefined) first = Math.min(first, place)
    },
    taken: () => order,
    onlyUnknown: () => first === known.length,
    name() {
      const marks = [...around(), ...unknown].map((call) => (done.has(call) ? '1' : '0'))
      return `${first}:${marks.join('')}`
    },
  }
}

const isUnknown = ({ ended }: Interval): boolean => ended === Number.POSITIVE_INFINITY
