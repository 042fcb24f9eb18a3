import { useEffect, useRef } from 'react'

/** The way to the last row of a list, which may not have been loaded yet: it is chosen once it has. */
export const useEnd = (ids: readonly string[], total: number, choose: (id: string) => void) => {
  const isWanted = useRef(false)
  const go = () => {
    const last = ids.at(-1)
    if (!isWanted.current || ids.length < total || last === undefined) return
    isWanted.current = false
    choose(last)
  }
  useEffect(go)
  return {
    reach: () => {
      isWanted.current = true
      go()
    },
    forget: () => {
      isWanted.current = false
    },
  }
}
