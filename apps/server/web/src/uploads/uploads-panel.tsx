import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useShell } from '../shell.ts'
import { strings } from '../strings.ts'
import { isStillUnfinished, unfinishedUploads } from './unfinished.ts'
import { UnfinishedList } from './unfinished-list.tsx'
import { isUnderWay, needsHelp, type Upload } from './upload.ts'
import { UploadRow } from './upload-row.tsx'

/** How the uploads of this visit stand; nothing where there are none. */
export const UploadsPanel = () => {
  const { uploads } = useShell()
  const list = useSyncExternalStore(uploads.subscribe, uploads.list)
  // What this visit begins and cancels is not among what an earlier one has left.
  const [unfinished, setUnfinished] = useState(unfinishedUploads)
  const [isFolded, setFolded] = useState(false)
  const isBusy = list.some(isUnderWay)
  useWarningBeforeLeaving(isBusy)
  if (list.length === 0) return <UnfinishedList list={unfinished.filter(isStillUnfinished)} onList={setUnfinished} />
  const Fold = isFolded ? ChevronUp : ChevronDown
  return (
    <aside className="uploads" aria-label={strings.uploads}>
      <header className="uploads-head">
        <h2 role="status">{summary(list)}</h2>
        <button
          type="button"
          className="button icon"
          aria-expanded={!isFolded}
          aria-label={isFolded ? strings.expandUploads : strings.collapseUploads}
          onClick={() => setFolded(!isFolded)}
        >
          <Fold size={17} aria-hidden="true" />
        </button>
        {!isBusy && (
          <button type="button" className="button icon" aria-label={strings.dismiss} onClick={uploads.clear}>
            <X size={17} aria-hidden="true" />
          </button>
        )}
      </header>
      {!isFolded && (
        <ul className="uploads-list">
          {list.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
    </aside>
  )
}

const summary = (list: readonly Upload[]): string => {
  const trouble = list.filter(needsHelp).length
  if (trouble > 0) return strings.uploadsTrouble(trouble)
  const running = list.filter(isUnderWay).length
  if (running > 0) return strings.uploading(running)
  return strings.uploadsDone(list.filter(({ state }) => state.is === 'done').length)
}

const useWarningBeforeLeaving = (isBusy: boolean): void => {
  useEffect(() => {
    if (!isBusy) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isBusy])
}
