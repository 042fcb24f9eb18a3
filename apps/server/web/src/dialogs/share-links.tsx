import { ClipboardPen, Eye, Pencil } from 'lucide-react'
import { useId, useState } from 'react'
import type { ShareLink } from '../../../src/api.ts'
import { messageOf } from '../api/request.ts'
import { type Shareable, useRevokeShare } from '../api/sharing.ts'
import { fullDate } from '../format.ts'
import { strings } from '../strings.ts'
import { CopyLink } from './copy-link.tsx'

interface ShareLinksProps {
  readonly item: Shareable
  readonly links: readonly ShareLink[]
}

/** The links that there are, newest first, each with the way to copy and to revoke it. */
export const ShareLinks = ({ item, links }: ShareLinksProps) => {
  const id = useId()
  const { mutate, isSuccess, error, isPending } = useRevokeShare(item)
  return (
    <section className="share-links" aria-labelledby={id}>
      {links.length > 0 && <h3 id={id}>{strings.links}</h3>}
      <ul>
        {links.toReversed().map((link) => (
          <LinkItem key={link.id} link={link} isBusy={isPending} onRevoke={() => mutate(link)} />
        ))}
      </ul>
      <p className="hidden" role="status">
        {isSuccess && strings.linkRevoked}
      </p>
      {error && (
        <p className="trouble" role="alert">
          {messageOf(error)}
        </p>
      )}
    </section>
  )
}

interface LinkItemProps {
  readonly link: ShareLink
  readonly isBusy: boolean
  readonly onRevoke: () => void
}

const LinkItem = ({ link, isBusy, onRevoke }: LinkItemProps) => {
  const [isAsking, setAsking] = useState(false)
  const [kind, by] = [strings.linkKinds[link.type], link.isMine ? strings.linkByMe : strings.linkBy(link.by)]
  const Icon = icons[link.type]
  const revokeButton = (
    <button
      type="button"
      className="button quiet risky"
      aria-label={strings.revokeLinkOf(kind, by)}
      onClick={() => setAsking(true)}
    >
      {strings.revoke}
    </button>
  )
  return (
    <li className="share-link">
      <p>
        <Icon size={15} aria-hidden="true" />
        <strong>{kind}</strong> <span className="below">{`${by} · ${endOf(link)}`}</span>
      </p>
      {isAsking ? (
        <div className="asking" role="alertdialog" aria-label={strings.revokeLinkOf(kind, by)}>
          <p>{strings.revokeText}</p>
          {/* Whoever pressed Enter to get here does not revoke by pressing it twice. */}
          <button type="button" className="button small" ref={focusOn} onClick={() => setAsking(false)}>
            {strings.keep}
          </button>
          <button type="button" className="button small danger" disabled={isBusy} onClick={onRevoke}>
            {strings.revoke}
          </button>
        </div>
      ) : link.isDead ? (
        <div className="asking">
          <p>{strings.linkDead}</p>
          {revokeButton}
        </div>
      ) : (
        <CopyLink link={link.url} label={strings.linkOf(kind, by)} copyLabel={strings.copyLinkOf(kind, by)}>
          {revokeButton}
        </CopyLink>
      )}
    </li>
  )
}

const icons = { ReadOnly: Eye, ReadWrite: Pencil, FORMS: ClipboardPen }

const focusOn = (button: HTMLButtonElement | null) => button?.focus()

const endOf = ({ expiresAt }: ShareLink): string =>
  expiresAt === undefined ? strings.linkUntilRevoked : strings.linkUntil(fullDate(expiresAt))
