import { useId } from 'react'
import type { FolderItem } from '../../../src/api.ts'
import { folderAddress, openAddress } from '../api/addresses.ts'
import { useFile } from '../api/listing.ts'
import { messageOf } from '../api/request.ts'
import { useSession } from '../api/session.ts'
import { type Shareable, useShares } from '../api/sharing.ts'
import { strings } from '../strings.ts'
import { CopyLink } from './copy-link.tsx'
import { Modal } from './modal.tsx'
import { ShareForm } from './share-form.tsx'
import { ShareLinks } from './share-links.tsx'

/** Makes links to a document, shows those that there are, and revokes them. */
export const ShareDialog = ({ fileId, onClose }: { readonly fileId: string; readonly onClose: () => void }) => {
  const { data: file } = useFile(fileId)
  const { data: session } = useSession()
  return (
    <Modal title={file ? strings.shareOf(file.name) : strings.shareTitle} isWide onClose={onClose}>
      {session?.canShare && <Sharing item={{ kind: 'file', id: fileId }} hint={strings.shareText} />}
      <PlainLink address={openAddress(fileId)} />
    </Modal>
  )
}

interface ShareFolderDialogProps {
  readonly folder: FolderItem
  readonly onClose: () => void
}

/** The same for a folder and all that is in it. */
export const ShareFolderDialog = ({ folder, onClose }: ShareFolderDialogProps) => {
  const { data: session } = useSession()
  return (
    <Modal title={strings.shareOf(folder.name)} isWide onClose={onClose}>
      {session?.canShare && <Sharing item={folder} hint={strings.shareFolderText} />}
      <PlainLink address={folderAddress(folder.id)} />
    </Modal>
  )
}

const Sharing = ({ item, hint }: { readonly item: Shareable; readonly hint: string }) => {
  const { data: shares, error, refetch } = useShares(item)
  if (error && !shares)
    return (
      <div role="alert">
        <p className="trouble">{`${strings.shareFailed}. ${messageOf(error)}`}</p>
        <button type="button" className="button" onClick={() => void refetch()}>
          {strings.tryAgain}
        </button>
      </div>
    )
  if (!shares) return <p role="status">{strings.loading}</p>
  return (
    <>
      <p className="hint">{hint}</p>
      <ShareForm item={item} shares={shares} />
      <ShareLinks item={item} links={shares.links} />
    </>
  )
}

/** The address for those who can sign in: it gives nobody anything that they do not have. */
const PlainLink = ({ address }: { readonly address: string }) => {
  const id = useId()
  return (
    <section className="plain-link" aria-labelledby={id}>
      <h3 id={id}>{strings.plainLink}</h3>
      <CopyLink link={new URL(address, location.href).href} label={strings.link} copyLabel={strings.copy} />
    </section>
  )
}
