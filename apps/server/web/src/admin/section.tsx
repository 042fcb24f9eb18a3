import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { messageOf } from '../api/request.ts'
import { strings } from '../strings.ts'

interface SectionProps<T> {
  readonly title: string
  readonly icon: LucideIcon
  readonly query: { readonly data: T | undefined; readonly error: unknown }
  /** Stands beside the title. */
  readonly action?: ReactNode
  readonly children: (data: T) => ReactNode
}

/** A part of the page with what it shows once that is there, or why it is not. */
export const Section = <T,>({ title, icon: Icon, query: { data, error }, action, children }: SectionProps<T>) => (
  <section className="admin-section" aria-label={title}>
    <header>
      <h2>
        <Icon size={18} aria-hidden="true" />
        {title}
      </h2>
      {action}
    </header>
    {data === undefined && (
      <p className={error ? 'below trouble' : 'below'}>{error ? messageOf(error) : strings.loading}</p>
    )}
    {data !== undefined && children(data)}
  </section>
)

interface TableProps {
  readonly heads: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
  /** Said where there are none. */
  readonly none: string
}

/** Rows of text under their heads. On a narrow screen each row becomes a card. */
export const Table = ({ heads, rows, none }: TableProps) =>
  rows.length === 0 ? (
    <p className="below">{none}</p>
  ) : (
    <table className="admin-table">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, index) => (
              <td key={heads[index]} data-head={heads[index]}>
                <div>{cell}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
