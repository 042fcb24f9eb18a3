import { ChevronRight } from 'lucide-react'
import { Fragment } from 'react'
import type { FolderItem, Listing } from '../../../src/api.ts'
import { folderAddress } from '../api/addresses.ts'
import { followLink } from '../routing.ts'
import { strings } from '../strings.ts'

/** The folders above the one that is shown, and its own name as the page's heading. */
export const Breadcrumbs = ({ listing }: { readonly listing: Pick<Listing, 'breadcrumbs' | 'folder'> }) => (
  <nav className="breadcrumbs" aria-label={strings.breadcrumbs}>
    {listing.breadcrumbs.map((folder, index) => (
      <Fragment key={folder.id}>
        <Crumb folder={folder} isRoot={index === 0} />
        <ChevronRight className="between" size={16} aria-hidden="true" />
      </Fragment>
    ))}
    <h1 aria-current="page" title={listing.folder.name}>
      {listing.folder.name}
    </h1>
  </nav>
)

// The root goes by its usual address, whatever its id is.
const Crumb = ({ folder, isRoot }: { readonly folder: FolderItem; readonly isRoot: boolean }) => (
  <a className="crumb" href={folderAddress(isRoot ? 'root' : folder.id)} onClick={followLink} title={folder.name}>
    {folder.name}
  </a>
)
