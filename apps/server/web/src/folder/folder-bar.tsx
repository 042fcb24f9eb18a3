import { Trash2 } from 'lucide-react'
import type { Listing } from '../../../src/api.ts'
import { trashAddress } from '../api/addresses.ts'
import { followLink } from '../routing.ts'
import { strings } from '../strings.ts'
import { UploadButton } from '../uploads/upload-button.tsx'
import { Breadcrumbs } from './breadcrumbs.tsx'
import { NewMenu } from './new-menu.tsx'

/** What the bar is about. */
export interface FolderBarProps {
  readonly folderId: string
  readonly listing: Listing | undefined
  /** Absent: nothing can be put here. */
  readonly onFiles: ((files: readonly File[]) => void) | undefined
}

/** Where one is, and what can be made here. */
export const FolderBar = ({ folderId, listing, onFiles }: FolderBarProps) => (
  <div className="bar">
    {listing ? <Breadcrumbs listing={listing} /> : <div className="breadcrumbs" />}
    <div className="bar-actions">
      {listing && (
        <span className="count wide-only" role="status">
          {strings.items(listing.total)}
        </span>
      )}
      <a className="button" href={trashAddress} onClick={followLink} aria-label={strings.trash} title={strings.trash}>
        <Trash2 size={16} aria-hidden="true" />
      </a>
      {onFiles && <UploadButton onFiles={onFiles} />}
      {onFiles && <NewMenu folderId={folderId} />}
    </div>
  </div>
)
