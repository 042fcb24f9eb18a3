import { ArchiveRestore } from 'lucide-react'
import { failedSavesAddress, useFailedSaves } from '../api/failed-saves.ts'
import { followLink } from '../routing.ts'
import { strings } from '../strings.ts'

/** That there are saves that could not be stored, and the way to them. Nothing where there are none. */
export const FailedSavesNotice = () => {
  const { data } = useFailedSaves()
  const count = data?.items.length ?? 0
  if (count === 0) return null
  return (
    <p className="notice">
      <ArchiveRestore size={16} aria-hidden="true" />
      <span>
        {strings.failedSavesNotice(count)}{' '}
        <a href={failedSavesAddress} onClick={followLink}>
          {strings.failedSavesLook}
        </a>
      </span>
    </p>
  )
}
