import { ArchiveRestore, ChevronRight, ServerCrash } from 'lucide-react'
import { useEffect } from 'react'
import { useFailedSaves } from '../api/failed-saves.ts'
import { messageOf } from '../api/request.ts'
import { useSession } from '../api/session.ts'
import { Blank } from '../blank.tsx'
import { followLink } from '../routing.ts'
import { strings } from '../strings.ts'
import { FailedSaveRow } from './failed-save-row.tsx'

/** Saves that could not be stored, each with what can be done with it. */
export const FailedSavesPage = () => {
  const { data, error, refetch } = useFailedSaves()
  const { data: session } = useSession()
  useEffect(() => {
    document.title = strings.pageTitle(strings.failedSaves)
  }, [])
  return (
    <main className="content">
      <div className="bar">
        <nav className="breadcrumbs" aria-label={strings.breadcrumbs}>
          <a className="crumb" href="/" onClick={followLink}>
            {session?.folderName ?? strings.documents}
          </a>
          <ChevronRight className="between" size={16} aria-hidden="true" />
          <h1 aria-current="page">{strings.failedSaves}</h1>
        </nav>
      </div>
      {error && !data && (
        <Blank icon={ServerCrash} title={strings.failedSavesFailed} hint={messageOf(error)} tone="trouble">
          <button type="button" className="button primary" onClick={() => void refetch()}>
            {strings.tryAgain}
          </button>
        </Blank>
      )}
      {data?.items.length === 0 && (
        <Blank icon={ArchiveRestore} title={strings.failedSavesNone} hint={strings.failedSavesNoneHint} />
      )}
      {data && data.items.length > 0 && (
        <ul className="failed-saves">
          {data.items.map((item) => (
            <FailedSaveRow key={item.id} item={item} />
          ))}
        </ul>
      )}
    </main>
  )
}
