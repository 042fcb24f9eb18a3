import { ArrowDown, ArrowUp } from 'lucide-react'
import type { Order } from '../api/listing.ts'
import { strings } from '../strings.ts'

const columns = [
  { sort: 'name', label: strings.name },
  { sort: 'modifiedAt', label: strings.modified },
  { sort: 'size', label: strings.size },
] as const

const classes = { name: 'name', modifiedAt: 'modified', size: 'size' } as const

/** What the column heads show. Without `onOrder` the list has its own order. */
export interface ColumnHeadsProps {
  readonly order: Order | undefined
  readonly onOrder: ((order: Order) => void) | undefined
}

/** The heads of the columns, which sort the list. */
export const ColumnHeads = ({ order, onOrder }: ColumnHeadsProps) => (
  <div role="rowgroup" className="heads">
    <div role="row" aria-rowindex={1} className="head-row">
      {columns.map(({ sort, label }) => (
        <div key={sort} role="columnheader" className={`cell ${classes[sort]}`} aria-sort={ariaSort(order, sort)}>
          {onOrder && order ? (
            <button type="button" className="head" onClick={() => onOrder(orderAfter(order, sort))}>
              {label}
              {order.sort === sort && <Arrow descending={order.descending} />}
            </button>
          ) : (
            <span className="head">{label}</span>
          )}
        </div>
      ))}
      <div role="columnheader" className="cell more">
        <span className="hidden">{strings.actions}</span>
      </div>
    </div>
  </div>
)

const Arrow = ({ descending }: { readonly descending: boolean }) =>
  descending ? <ArrowDown size={14} aria-hidden="true" /> : <ArrowUp size={14} aria-hidden="true" />

const ariaSort = (order: Order | undefined, sort: Order['sort']) =>
  order?.sort === sort ? (order.descending ? 'descending' : 'ascending') : undefined

// The newest and the largest are what people look for first.
const orderAfter = (order: Order, sort: Order['sort']): Order =>
  order.sort === sort ? { sort, descending: !order.descending } : { sort, descending: sort !== 'name' }
