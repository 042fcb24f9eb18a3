import { AtSign } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { Mention } from '../../../src/api.ts'
import { folderAddress } from '../api/addresses.ts'
import { useMentions, useMentionsSeen } from '../api/sharing.ts'
import { shortDate } from '../format.ts'
import { navigate } from '../routing.ts'
import { strings } from '../strings.ts'
import { whatWasDone } from '../what-was-done.ts'

/** Where whoever is signed in is mentioned, and how much of it is new. Nothing where they are not. */
export const Mentions = () => {
  const { data } = useMentions()
  const { mutate } = useMentionsSeen()
  const items = data?.items ?? []
  const [newest] = items
  if (!newest) return null
  const fresh = items.filter(({ isNew }) => isNew).length
  // What is new stays marked until the list is closed: only then has it been seen.
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen && fresh > 0) mutate({ until: newest.at })
  }
  return (
    <DropdownMenu.Root modal={false} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger
        className="button icon mentions"
        aria-label={fresh > 0 ? strings.mentionsNew(fresh) : strings.mentions}
        title={strings.mentions}
      >
        <AtSign size={18} aria-hidden="true" />
        {fresh > 0 && <span aria-hidden="true">{fresh}</span>}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu mention-list" align="end" sideOffset={6} collisionPadding={8}>
          <DropdownMenu.Label className="menu-label">{strings.mentions}</DropdownMenu.Label>
          {items.map((mention) => (
            <DropdownMenu.Item
              key={`${mention.fileId} ${mention.number}`}
              className="entry mention"
              onSelect={() => navigate(addressOf(mention))}
            >
              <MentionText mention={mention} />
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

const addressOf = ({ folderId, fileId }: Mention): string =>
  `${folderAddress(folderId)}?activity=${encodeURIComponent(fileId)}`

const MentionText = ({ mention }: { readonly mention: Mention }) => (
  <div>
    <p>
      <strong>{whatWasDone(mention)}</strong> {strings.mentionIn(mention.fileName)}
      {mention.isNew && <span className="badge calm">{strings.isNew}</span>}
    </p>
    {mention.text !== undefined && <p className="said">{mention.text}</p>}
    <p className="below">{shortDate(mention.at)}</p>
  </div>
)
