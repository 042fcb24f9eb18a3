import { X } from 'lucide-react'
import { useRef } from 'react'
import { size } from '../format.ts'
import { KindIcon } from '../kinds.tsx'
import { useShell } from '../shell.ts'
import { strings } from '../strings.ts'
import { forgetUnfinished, type Unfinished } from './unfinished.ts'

/** What an earlier visit has left unfinished. */
export interface UnfinishedListProps {
  readonly list: readonly Unfinished[]
  readonly onList: (list: readonly Unfinished[]) => void
}

/** The uploads that an earlier visit has left unfinished, each with the way to go on. */
export const UnfinishedList = ({ list, onList }: UnfinishedListProps) => {
  if (list.length === 0) return null
  const forget = (gone: Unfinished) => {
    forgetUnfinished(gone)
    onList(list.filter((one) => one !== gone))
  }
  return (
    <aside className="uploads" aria-label={strings.uploads}>
      <header className="uploads-head">
        <h2>{strings.uploadsUnfinished(list.length)}</h2>
      </header>
      <ul className="uploads-list">
        {list.map((unfinished) => (
          <UnfinishedRow key={unfinished.key} unfinished={unfinished} onForget={() => forget(unfinished)} />
        ))}
      </ul>
    </aside>
  )
}

const UnfinishedRow = ({
  unfinished,
  onForget,
}: {
  readonly unfinished: Unfinished
  readonly onForget: () => void
}) => {
  const { uploads, toasts } = useShell()
  const field = useRef<HTMLInputElement>(null)
  const { name, folderId } = unfinished
  // The same file goes on where it stopped; another one would begin anew, which is not what was asked for.
  const onFile = (file: File | undefined) => {
    if (!file) return
    if (file.name === name && file.size === unfinished.size) uploads.add(folderId, [file])
    else toasts.show({ text: strings.otherFile(name), tone: 'trouble' })
  }
  return (
    <li className="upload">
      <KindIcon item={{ kind: 'file', name }} />
      <div className="upload-text">
        <span className="upload-name" title={name}>
          {name}
        </span>
        <span className="below">{strings.unfinished(size(unfinished.size))}</span>
      </div>
      <button type="button" className="button small" onClick={() => field.current?.click()}>
        {strings.chooseAgain}
      </button>
      <input ref={field} type="file" hidden onChange={(event) => onFile(event.target.files?.[0])} />
      <button type="button" className="button icon" aria-label={strings.dismissUpload(name)} onClick={onForget}>
        <X size={16} aria-hidden="true" />
      </button>
    </li>
  )
}
