import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect } from 'react'
import { useMedia } from '../use-media.ts'

/** What there is to show. */
export interface RowsOptions {
  readonly scroller: RefObject<HTMLElement | null>
  /** Rows that have been loaded, of `total`. */
  readonly loaded: number
  readonly total: number
  /** Where the active row is. `-1`: nowhere. */
  readonly activeAt: number
  readonly hasPaths: boolean
  /** Asks for more rows, now that the last loaded ones are near. */
  readonly onMore: (() => void) | undefined
}

const heights = { wide: 44, withPath: 54, narrow: 60 }

/** The rows that are in view, and a few around them. */
export const useRows = ({ scroller, loaded, total, activeAt, hasPaths, onMore }: RowsOptions) => {
  const isNarrow = useMedia('(max-width: 640px)')
  const height = isNarrow ? heights.narrow : hasPaths ? heights.withPath : heights.wide
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  })
  const shown = rows.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height is what makes the old measures wrong
  useLayoutEffect(() => rows.measure(), [rows, height])
  useEffect(() => {
    if (last >= loaded - 1 && loaded < total) onMore?.()
  }, [last, loaded, total, onMore])
  const isAway = loaded === 0
  // Another folder begins at its top.
  useEffect(() => {
    if (isAway) rows.scrollToOffset(0)
  }, [isAway, rows])
  useEffect(() => {
    if (activeAt >= 0) rows.scrollToIndex(activeAt)
  }, [activeAt, rows])
  return {
    shown,
    height,
    totalHeight: rows.getTotalSize(),
    /** Rows that fit into the view. */
    perPage: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 1),
    scrollTo: (index: number) => rows.scrollToIndex(index),
  }
}
