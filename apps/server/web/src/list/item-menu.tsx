import {
  Download,
  ExternalLink,
  Eye,
  FilePen,
  FolderOpen,
  History,
  Link2,
  LockOpen,
  type LucideIcon,
  MessageSquareText,
  Pencil,
  Trash2,
} from 'lucide-react'
import { ContextMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { contentAddress, openAddress } from '../api/addresses.ts'
import type { Item } from '../api/listing.ts'
import { strings } from '../strings.ts'
import { addressOf } from './item-row.tsx'
import type { ItemActions } from './use-item-actions.ts'

/** What the menu is about. */
export interface ItemMenuProps {
  /** What is chosen in the list. */
  readonly items: readonly Item[]
  readonly actions: ItemActions
  readonly onRename: (id: string) => void
  /** Where the focus belongs once the menu has closed. */
  readonly onClosed: () => void
  readonly children: ReactNode
}

/** The context menu of a list: what can be done with what is chosen. */
export const ItemMenu = ({ items, actions, onRename, onClosed, children }: ItemMenuProps) => (
  <ContextMenu.Root modal={false}>
    <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
    {items.length > 0 && (
      <ContextMenu.Portal>
        <ContextMenu.Content
          className="menu"
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            // A field or a dialog that the choice has opened keeps the focus that it took.
            if (document.activeElement === document.body) onClosed()
          }}
        >
          <Entries items={items} actions={actions} onRename={onRename} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    )}
  </ContextMenu.Root>
)

type EntriesProps = Pick<ItemMenuProps, 'items' | 'actions' | 'onRename'>

const Entries = ({ items, actions, onRename }: EntriesProps) => {
  const [item] = items
  if (!item) return null
  return (
    <>
      {items.length === 1 && <SingleEntries item={item} actions={actions} onRename={onRename} />}
      <Entry
        icon={Trash2}
        label={strings.delete}
        keys="Del"
        tone="danger"
        disabled={!items.some(actions.canRemove)}
        onSelect={() => void actions.remove(items)}
      />
    </>
  )
}

interface SingleProps {
  readonly item: Item
  readonly actions: ItemActions
  readonly onRename: (id: string) => void
}

const SingleEntries = ({ item, actions, onRename }: SingleProps) => {
  const { showActivity } = actions
  return (
    <>
      {(item.kind === 'folder' || item.actions.view || item.actions.edit) && (
        <>
          <Entry
            icon={FolderOpen}
            label={strings.open}
            keys="Enter"
            onSelect={() => actions.open(addressOf(item), false)}
          />
          <Entry
            icon={ExternalLink}
            label={strings.openInNewTab}
            onSelect={() => actions.open(addressOf(item), true)}
          />
        </>
      )}
      {item.kind === 'file' && item.actions.view && item.actions.edit && (
        <Entry
          icon={Eye}
          label={strings.openReadOnly}
          onSelect={() => actions.open(openAddress(item.id, 'view'), false)}
        />
      )}
      {item.kind === 'file' && item.actions.convert && (
        <Entry
          icon={FilePen}
          label={strings.convert(item.actions.convert)}
          onSelect={() => actions.open(openAddress(item.id, 'convert'), false)}
        />
      )}
      <Entry icon={Link2} label={strings.share} onSelect={() => actions.share(item)} />
      {item.kind === 'file' && (
        <Entry icon={Download} label={strings.download} onSelect={() => actions.open(contentAddress(item.id), false)} />
      )}
      <ContextMenu.Separator className="separator" />
      <Entry
        icon={Pencil}
        label={strings.rename}
        keys="F2"
        disabled={!actions.canRename(item)}
        // The menu gives the focus back as it closes, and the field must have it after that.
        onSelect={() => setTimeout(() => onRename(item.id))}
      />
      {item.kind === 'file' && (
        <Entry icon={History} label={strings.versions} onSelect={() => actions.showVersions(item)} />
      )}
      {item.kind === 'file' && showActivity && (
        <Entry icon={MessageSquareText} label={strings.activity} onSelect={() => showActivity(item)} />
      )}
      {item.kind === 'file' && item.openBy && item.can.breakLock && (
        <Entry icon={LockOpen} label={strings.breakLock} onSelect={() => actions.askBreakLock(item)} />
      )}
      <ContextMenu.Separator className="separator" />
    </>
  )
}

interface EntryProps {
  readonly icon: LucideIcon
  readonly label: string
  readonly keys?: string
  readonly tone?: 'danger'
  readonly disabled?: boolean
  readonly onSelect: () => void
}

const Entry = ({ icon: Icon, label, keys, tone, disabled = false, onSelect }: EntryProps) => (
  <ContextMenu.Item className={`entry ${tone ?? ''}`} disabled={disabled} onSelect={onSelect}>
    <Icon size={16} aria-hidden="true" />
    <span>{label}</span>
    {keys !== undefined && (
      <span className="keys" aria-hidden="true">
        {keys}
      </span>
    )}
  </ContextMenu.Item>
)
