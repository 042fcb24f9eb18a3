import { ArchiveRestore } from 'lucide-react'
import { useFailedSaves } from '../api/failed-saves.ts'
import { Blank } from '../blank.tsx'
import { NotLoaded, PageHead } from '../page-head.tsx'
import { strings } from '../strings.ts'
import { FailedSaveRow } from './failed-save-row.tsx'

/** Saves that could not be stored, each with what can be done with it. */
export const FailedSavesPage = () => {
  const { data, error, refetch } = useFailedSaves()
  return (
    <main className="content">
      <PageHead title={strings.failedSaves} />
      {error && !data && <NotLoaded title={strings.failedSavesFailed} error={error} onRetry={refetch} />}
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
