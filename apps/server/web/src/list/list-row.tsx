import { strings } from '../strings.ts'
import { ItemCells, type RowProps } from './item-row.tsx'

/** Where a row is, and how it stands. */
export interface ListRowProps extends Omit<RowProps, 'item'> {
  /** Absent: it has not been loaded yet. */
  readonly item: RowProps['item'] | undefined
  readonly index: number
  /** Pixels from the top of the list. */
  readonly start: number
  readonly height: number
  readonly isActive: boolean
  readonly isSelected: boolean
}

/** The id of a row's element, by which the list names its active row. */
export const rowId = (index: number): string => `row-${index}`

/** A row of a list at its place. */
export const ListRow = ({ item, index, start, height, isActive, isSelected, ...cells }: ListRowProps) => (
  // The list has the focus, and names the active row by `aria-activedescendant`.
  <div
    id={rowId(index)}
    className={`row ${item?.kind ?? 'pending'}`}
    role="row"
    aria-rowindex={index + 2}
    aria-selected={isSelected}
    data-row={index}
    data-active={isActive || undefined}
    style={{ transform: `translateY(${start}px)`, height }}
  >
    {item ? (
      <ItemCells item={item} {...cells} />
    ) : (
      <div role="gridcell" className="cell name">
        <span className="skeleton" />
        <span className="hidden">{strings.loading}</span>
      </div>
    )}
  </div>
)
