import { documentDifferences } from './same-document.ts'

/** Where headers that were changed here differ from those of a file: one that is new may have another id there. */
export function* headerDifferences(
  changed: ReadonlyMap<string, unknown>,
  read: ReadonlyMap<string, unknown>,
): Generator<string> {
  const unclaimed = [...read].filter(([id]) => !changed.has(id)).map(([, text]) => text)
  for (const [id, text] of changed) {
    const isThere = (one: unknown) => documentDifferences(text, one).next().done === true
    const known = read.get(id)
    if (known === undefined ? !unclaimed.some(isThere) : !isThere(known)) yield `header ${id}`
  }
}
