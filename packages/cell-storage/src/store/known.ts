import { extendedGuidOf } from '../bytes/extended-guid.ts'
import type { SerialNumber } from '../bytes/serial-number.ts'
import type { Knowledge, SerialRange } from '../objects/knowledge.ts'
import type { Partition } from './partition.ts'
import { versionToken } from './version-token.ts'

/** Ranges in their order, without those that another one holds. */
function inOrder(ranges: readonly SerialRange[]): SerialRange[] {
  const sorted = [...ranges].sort((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0))
  const merged: SerialRange[] = []
  for (const range of sorted) {
    const last = merged.at(-1)
    if (!last || range.from > last.to) merged.push(range)
    else if (range.to > last.to) merged[merged.length - 1] = { ...last, to: range.to }
  }
  return merged
}

/** Whether a client has what has a serial number of a partition. Numbers under other GUIDs say nothing about it. */
export function isKnownIn(knowledge: Knowledge, serialGuid: string): (serial: SerialNumber | undefined) => boolean {
  const single = knowledge.serials.map(({ guid, value }) => ({ guid, from: value, to: value }))
  const ranges = inOrder(
    [...knowledge.ranges, ...single].filter(({ guid, from, to }) => guid === serialGuid && from <= to),
  )
  return (serial) => {
    if (serial?.guid !== serialGuid) return false
    let [low, high] = [0, ranges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ranges[middle]?.to ?? 0n) < serial.value) low = middle + 1
      else high = middle
    }
    const range = ranges[low]
    return range !== undefined && range.from <= serial.value
  }
}

/** All serial numbers of a partition but `missing`, in as few ranges as there can be. Those that nothing has any more are known. */
export function rangesWithout({ serialGuid: guid, nextSerial }: Partition, missing: Iterable<bigint>): SerialRange[] {
  const ranges: SerialRange[] = []
  let from = 1n
  const gaps = [...missing].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0))
  for (const gap of [...gaps, nextSerial]) {
    if (gap > from) ranges.push({ guid, from, to: gap - 1n })
    if (gap >= from) from = gap + 1n
  }
  return ranges
}

/** What else a client is told of what it has. */
export interface Told {
  /** What it has of large elements. */
  readonly fragments?: Knowledge['fragments']
  /** Whether it is given a token for the state of the partition. */
  readonly withToken?: boolean
}

/** What a client has of a partition that lacks nothing but what has the serial numbers in `missing`. */
export function knowledgeOf(
  partition: Partition,
  missing: Iterable<bigint>,
  { fragments = [], withToken = false }: Told = {},
): Knowledge {
  const { serialGuid, nextSerial } = partition
  return {
    ranges: rangesWithout(partition, missing),
    serials: [],
    waterlines: [{ storage: extendedGuidOf(serialGuid, 1), waterline: nextSerial - 1n }],
    fragments,
    contentTags: [{ heap: extendedGuidOf(serialGuid, 2), clock: Uint8Array.of(1) }],
    ...(withToken && { versionToken: versionToken(partition) }),
  }
}
