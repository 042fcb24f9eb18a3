import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { SnippetPart } from '../../../src/api.ts'
import type { Item, Order } from '../api/listing.ts'
import { ColumnHeads } from './column-heads.tsx'
import { ItemMenu } from './item-menu.tsx'
import { addressOf, askForMenu } from './item-row.tsx'
import { type ListCommands, pressKey } from './list-keys.ts'
import { listPointer } from './list-pointer.ts'
import { ListRow, rowId } from './list-row.tsx'
import { nothing, only } from './selection.ts'
import { useEnd } from './use-end.ts'
import type { ItemActions } from './use-item-actions.ts'
import { useRows } from './use-rows.ts'
import { useSelection } from './use-selection.ts'

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
  /** For each item, what stands around the words that were found in it. */
  readonly snippets?: readonly (readonly SnippetPart[] | null)[]
  /** Asks for more rows, now that the last loaded ones are near. */
  readonly onMore?: () => void
  readonly onUp?: () => void
  /** The row to choose and to bring into view, when it comes. */
  readonly focusOn?: string | undefined
  /** What stands below the rows. */
  readonly children?: ReactNode
}

/** A list of documents and folders that keyboard, pointer and screen reader can use, however long it is. */
export const ItemList = (props: ItemListProps) => {
  const { label, items, total, actions, paths, snippets, onMore, onUp, focusOn } = props
  const grid = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const ids = useMemo(() => items.map((item) => item.id), [items])
  const [selection, select] = useSelection(ids, focusOn)
  const [renaming, setRenaming] = useState<string>()
  const activeAt = selection.active === undefined ? -1 : ids.indexOf(selection.active)
  const hasPaths = paths !== undefined
  const rows = useRows({ scroller, loaded: items.length, total, activeAt, hasPaths, onMore })
  const chosen = useMemo(() => items.filter(({ id }) => selection.ids.has(id)), [items, selection.ids])
  const end = useEnd(ids, total, (id) => select(only(id)))

  const focus = () => grid.current?.focus()
  const rename = (id: string) => {
    const item = items.find((one) => one.id === id)
    if (item && actions.canRename(item)) setRenaming(id)
  }
  const open = (id: string, inNewTab: boolean) => {
    const item = items.find((one) => one.id === id)
    if (item) actions.open(addressOf(item), inNewTab)
  }
  const commands: ListCommands = {
    select,
    open,
    rename,
    remove: () => void actions.remove(chosen),
    menu: () => {
      const row = grid.current?.querySelector('[data-active]')
      if (row) askForMenu(row, row.getBoundingClientRect())
    },
    goUp: () => onUp?.(),
    end: () => {
      rows.scrollTo(total - 1)
      end.reach()
    },
  }
  const pointer = listPointer({ items, order: ids, selection, select, focus, open: (id) => open(id, false) })
  const onFocus = () => {
    const [first] = ids
    if (selection.active === undefined && first !== undefined) select({ ...nothing, active: first, anchor: first })
  }

  return (
    <div
      ref={grid}
      className="list"
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={total + 1}
      aria-multiselectable="true"
      aria-activedescendant={activeAt >= 0 ? rowId(activeAt) : undefined}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return
        end.forget()
        if (pressKey(event, { order: ids, selection, pageRows: rows.perPage }, commands)) event.preventDefault()
      }}
      onFocus={(event) => event.target === event.currentTarget && onFocus()}
    >
      <ColumnHeads order={props.order} onOrder={props.onOrder} />
      <ItemMenu items={chosen} actions={actions} onRename={rename} onClosed={focus}>
        <div ref={scroller} className="scroller" role="rowgroup" tabIndex={-1} {...pointer}>
          <div className="rows" role="presentation" style={{ height: rows.totalHeight }}>
            {rows.shown.map(({ index, start }) => {
              const item = items[index]
              return (
                <ListRow
                  key={item?.id ?? index}
                  item={item}
                  index={index}
                  start={start}
                  height={rows.height}
                  path={paths?.[index]}
                  snippet={snippets?.[index]}
                  isActive={index === activeAt}
                  isSelected={item !== undefined && selection.ids.has(item.id)}
                  isRenaming={item !== undefined && renaming === item.id}
                  onRename={(name) => (item ? actions.rename(item, name) : Promise.resolve())}
                  onRenamed={() => {
                    setRenaming(undefined)
                    focus()
                  }}
                />
              )
            })}
          </div>
          {props.children}
        </div>
      </ItemMenu>
    </div>
  )
}
