import { useId } from 'react'
import { openAddress } from '../api/addresses.ts'
import { useFile } from '../api/listing.ts'
import { messageOf } from '../api/request.ts'
import { useSession } from '../api/session.ts'
import { useShares } from '../api/sharing.ts'
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
      {session?.canShare && <Sharing fileId={fileId} />}
      <PlainLink fileId={fileId} />
    </Modal>
  )
}

const Sharing = ({ fileId }: { readonly fileId: string }) => {
  const { data: shares, error, refetch } = useShares(fileId)
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
      <p className="hint">{strings.shareText}</p>
      <ShareForm fileId={fileId} shares={shares} />
      <ShareLinks fileId={fileId} links={shares.links} />
    </>
  )
}

/** The address for those who can sign in: it gives nobody anything that they do not have. */
const PlainLink = ({ fileId }: { readonly fileId: string }) => {
  const id = useId()
  return (
    <section className="plain-link" aria-labelledby={id}>
      <h3 id={id}>{strings.plainLink}</h3>
      <CopyLink link={new URL(openAddress(fileId), location.href).href} label={strings.link} copyLabel={strings.copy} />
    </section>
  )
}
