import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Item, Order } from '../api/listing.ts'
import { strings } from '../strings.ts'
import { useMedia } from '../use-media.ts'
import { ColumnHeads } from './column-heads.tsx'
import { addressOf, askForMenu, ItemCells } from './item-row.tsx'
import { ItemMenu } from './item-menu.tsx'
import { type ListCommands, pressKey } from './list-keys.ts'
import { extended, kept, nothing, only, toggled } from './selection.ts'
import type { ItemActions } from './use-item-actions.ts'

/** What a list shows and does. */
export interface ItemListProps {
  readonly label: string
  readonly items: readonly Item[]
  /** Rows in all, of which `items` are the first. */
  readonly total: number
  readonly actions: ItemActions
  readonly order?: Order
  readonly onOrder?: (order: Order) => void
  /** For each item, the folders that it lies in. */
  readonly paths?: readonly (readonly string[])[]
  /** Asks for more rows, now that the last loaded ones are near. */
  readonly onMore?: () => void
  readonly onUp?: () => void
  /** The row to choose and to bring into view, when it comes. */
  readonly focusOn?: string | undefined
  readonly children?: ReactNode
}

const rowHeights = { wide: 44, narrow: 60 }

/** A list of documents and folders that keyboard, pointer and screen reader can use, however long it is. */
export const ItemList = (props: ItemListProps) => {
  const { label, items, total, actions, order, onOrder, paths, onMore, onUp, focusOn } = props
  const grid = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const ids = useMemo(() => items.map((item) => item.id), [items])
  const [selection, select] = useSelection(ids, focusOn)
  const [renaming, setRenaming] = useState<string>()
  const rowHeight = useMedia('(max-width: 640px)') ? rowHeights.narrow : rowHeights.wide
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    useFlushSync: false,
  })
  const shown = rows.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0

  useLayoutEffect(() => rows.measure(), [rows, rowHeight])
  useEffect(() => {
    if (last >= items.length - 1 && items.length < total) onMore?.()
  }, [last, items.length, total, onMore])
  const activeAt = selection.active === undefined ? -1 : ids.indexOf(selection.active)
  useEffect(() => {
    if (activeAt >= 0) rows.scrollToIndex(activeAt)
  }, [activeAt, rows])

  const chosen = useMemo(() => items.filter(({ id }) => selection.ids.has(id)), [items, selection.ids])
  const itemAt = (target: EventTarget): Item | undefined => {
    const row = target instanceof Element ? target.closest('[data-row]') : null
    return items[Number(row?.getAttribute('data-row') ?? -1)]
  }
  const rename = (id: string) => {
    const item = items.find((one) => one.id === id)
    if (item && actions.canRename(item)) setRenaming(id)
  }
  const endRename = () => {
    setRenaming(undefined)
    grid.current?.focus()
  }
  const commands: ListCommands = {
    select,
    open: (id, inNewTab) => {
      const item = items.find((one) => one.id === id)
      if (item) actions.open(addressOf(item), inNewTab)
    },
    rename,
    remove: () => void actions.remove(chosen),
    menu: () => {
      const row = grid.current?.querySelector('[data-active]')
      if (row) askForMenu(row, row.getBoundingClientRect())
    },
    goUp: () => onUp?.(),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    if (pressKey(event, { order: ids, selection, pageRows }, commands)) event.preventDefault()
  }
  const onClick = (event: MouseEvent) => {
    const item = itemAt(event.target)
    if (!item || (event.target instanceof Element && event.target.closest('input'))) return
    if (event.shiftKey) select(extended(selection, ids, item.id))
    else if (event.ctrlKey || event.metaKey) select(toggled(selection, item.id))
    else select(only(item.id))
  }
  const onDoubleClick = (event: MouseEvent) => {
    const item = itemAt(event.target)
    if (item && event.target instanceof Element && !event.target.closest('a, button, input')) commands.open(item.id, false)
  }
  const onContextMenu = (event: MouseEvent) => {
    const item = itemAt(event.target)
    if (item && !selection.ids.has(item.id)) select(only(item.id))
  }

  return (
    // The rows take the focus by `aria-activedescendant`: those out of view are not in the document at all.
    <div
      ref={grid}
      className="list"
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={total + 1}
      aria-multiselectable="true"
      aria-activedescendant={activeAt >= 0 ? `row-${activeAt}` : undefined}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const first = ids[0]
        if (event.target === event.currentTarget && selection.active === undefined && first !== undefined)
          select({ ...nothing, active: first, anchor: first })
      }}
    >
      <ColumnHeads order={order} onOrder={onOrder} />
      <ItemMenu items={chosen} actions={actions} onRename={rename} onClosed={() => grid.current?.focus()}>
        <div ref={scroller} className="scroller" role="rowgroup" tabIndex={-1} onClick={onClick} onDoubleClick={onDoubleClick} onContextMenu={onContextMenu}>
          <div className="rows" role="presentation" style={{ height: rows.getTotalSize() }}>
            {shown.map(({ index, start }) => {
              const item = items[index]
              const isActive = index === activeAt
              return (
                <div
                  key={item?.id ?? index}
                  id={`row-${index}`}
                  className={`row ${item?.kind ?? 'pending'}`}
                  role="row"
                  aria-rowindex={index + 2}
                  aria-selected={item !== undefined && selection.ids.has(item.id)}
                  data-row={index}
                  data-active={isActive || undefined}
                  style={{ transform: `translateY(${start}px)`, height: rowHeight }}
                >
                  {item ? (
                    <ItemCells
                      item={item}
                      path={paths?.[index]}
                      isRenaming={renaming === item.id}
                      onRename={(name) => actions.rename(item, name)}
                      onRenamed={endRename}
                    />
                  ) : (
                    <div role="gridcell" className="cell name">
                      <span className="skeleton" />
                      <span className="hidden">{strings.loading}</span>
                    </div>
                  )}
                </div>
              )
            })}
          </div>
          {props.children}
        </div>
      </ItemMenu>
    </div>
  )
}

/** The selection of a list whose rows come and go. */
const useSelection = (ids: readonly string[], focusOn: string | undefined) => {
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
