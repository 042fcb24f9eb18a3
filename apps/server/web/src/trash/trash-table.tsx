import { useQueryClient } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import type { FileItem, TrashList } from '../../../src/api.ts'
import { refreshLists } from '../api/cache.ts'
import { messageOf, request } from '../api/request.ts'
import { fullDate, shortDate, size } from '../format.ts'
import { KindIcon } from '../kinds.tsx'
import { useShell } from '../shell.ts'
import { strings } from '../strings.ts'

type Trashed = TrashList['items'][number]

/** What has been deleted, each with the way back. */
export const TrashTable = ({ items }: { readonly items: readonly Trashed[] }) => {
  const client = useQueryClient()
  const { toasts } = useShell()
  const restore = async ({ id }: Trashed) => {
    try {
      const { name } = await request<FileItem>(`/trash/${encodeURIComponent(id)}/restore`, { method: 'POST' })
      toasts.show({ text: strings.restored([name]), tone: 'done' })
    } catch (error) {
      toasts.show({ text: messageOf(error), tone: 'trouble' })
    }
    await refreshLists(client)
  }
  return (
    <div className="scroller">
      <table className="trash-table">
        <thead>
          <tr>
            <th scope="col">{strings.name}</th>
            <th scope="col">{strings.deletedWhen}</th>
            <th scope="col" className="wide-only">
              {strings.deletedBy}
            </th>
            <th scope="col" className="wide-only number">
              {strings.size}
            </th>
            <th scope="col">
              <span className="hidden">{strings.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <TrashRow key={`${item.id}-${item.removedAt}`} item={item} onRestore={() => void restore(item)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const TrashRow = ({ item, onRestore }: { readonly item: Trashed; readonly onRestore: () => void }) => (
  <tr>
    <td>
      <span className="trash-name">
        <KindIcon item={{ kind: 'file', name: item.name }} />
        <span title={item.name}>{item.name}</span>
      </span>
    </td>
    <td>
      <time dateTime={new Date(item.removedAt).toISOString()} title={fullDate(item.removedAt)}>
        {shortDate(item.removedAt)}
      </time>
    </td>
    <td className="wide-only">{item.by}</td>
    <td className="wide-only number">{size(item.size)}</td>
    <td className="number">
      <button type="button" className="button" aria-label={strings.restoreFile(item.name)} onClick={onRestore}>
        <RotateCcw size={15} aria-hidden="true" />
        <span className="wide-only">{strings.restore}</span>
      </button>
    </td>
  </tr>
)
