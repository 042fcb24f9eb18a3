import { useEffect, useRef, useState } from 'react'
import { kept, nothing, only } from './selection.ts'

/** The selection of a list whose rows come and go. `focusOn`: the row to choose as soon as it is there. */
export const useSelection = (ids: readonly string[], focusOn: string | undefined) => {
  const [selection, select] = useState(nothing)
  const before = useRef(ids)
  useEffect(() => {
    const previous = before.current
    before.current = ids
    select((current) => kept(current, previous, ids))
  }, [ids])
  const isThere = focusOn !== undefined && ids.includes(focusOn)
  useEffect(() => {
    if (isThere) select(only(focusOn))
  }, [isThere, focusOn])
  return [selection, select] as const
}
