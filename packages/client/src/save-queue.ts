import { type Snapshot, supersede } from './snapshot.ts'

/** What is to be saved: only ever the latest. Nothing leaves it but by being stored, or dropped by whoever put it in. */
export interface SaveQueue {
  /** The latest snapshot that the host is not known to have. */
  readonly latest: Snapshot | undefined
  /** Takes a snapshot. Resolves to true once it or a later one is stored, to false when that is given up for now. */
  put(snapshot: Snapshot): Promise<boolean>
  /** The snapshot to send now. */
  begin(): Snapshot | undefined
  /** That snapshot is with the host. */
  stored(snapshot: Snapshot): void
  /** It is not, and is still to be saved unless there is a later one. */
  failed(snapshot: Snapshot): void
  /** Nobody wants it saved any more. */
  drop(): void
  /** Tells all who wait that it does not go on by itself. */
  giveUp(): void
  /** No later one will come. Resolves as `put` does, for whatever is left. */
  last(): Promise<boolean>
  /** Whether what is sent now is the last. */
  readonly isLast: boolean
}

interface Waiter {
  readonly number: number
  readonly answer: (isStored: boolean) => void
}

export function createSaveQueue(): SaveQueue {
  let latest: Snapshot | undefined
  let sent: Snapshot | undefined
  let waiters: readonly Waiter[] = []
  let count = 0
  let isLast = false
  /** Up to which of the snapshots put in, one that was sent covers them. */
  const covers = new WeakMap<Snapshot, number>()

  const answer = (isStored: boolean, upTo: number) => {
    const answered = waiters.filter(({ number }) => number <= upTo)
    waiters = waiters.filter(({ number }) => number > upTo)
    for (const waiter of answered) waiter.answer(isStored)
  }
  const wait = (number: number) =>
    new Promise<boolean>((resolve) => {
      waiters = [...waiters, { number, answer: resolve }]
    })

  return {
    get latest() {
      return latest
    },
    put(snapshot) {
      latest = supersede(latest === sent ? undefined : latest, snapshot)
      return wait(++count)
    },
    begin() {
      sent = latest
      if (sent) covers.set(sent, count)
      return sent
    },
    stored(snapshot) {
      sent = undefined
      if (latest === snapshot) latest = undefined
      answer(true, covers.get(snapshot) ?? 0)
    },
    failed(snapshot) {
      sent = undefined
      if (latest && latest !== snapshot) latest = supersede(snapshot, latest)
    },
    drop() {
      latest = undefined
      answer(false, count)
    },
    giveUp: () => answer(false, count),
    last() {
      isLast = true
      return latest ? wait(count) : Promise.resolve(true)
    },
    get isLast() {
      return isLast
    },
  }
}
