import { Ellipsis, Link2, Lock, Monitor } from 'lucide-react'
import type { MouseEvent } from 'react'
import type { FileItem, SnippetPart } from '../../../src/api.ts'
import { contentAddress, folderAddress, openAddress } from '../api/addresses.ts'
import type { Item } from '../api/listing.ts'
import { fullDate, shortDate, size } from '../format.ts'
import { followLink } from '../routing.ts'
import { strings } from '../strings.ts'
import { ItemPicture } from './item-picture.tsx'
import { NameField } from './name-field.tsx'
import { Snippet } from './snippet.tsx'

/** The address that a row leads to: a folder, an editor, or the bytes of what no editor opens. */
export const addressOf = (item: Item): string => {
  if (item.kind === 'folder') return folderAddress(item.id)
  return item.actions.view || item.actions.edit ? openAddress(item.id) : contentAddress(item.id)
}

/** What a row shows besides its item. */
export interface RowProps {
  readonly item: Item
  /** The names of the folders that it lies in, where they are not those of the page. */
  readonly path?: readonly string[] | undefined
  /** What stands around the words that were found in it. */
  readonly snippet?: readonly SnippetPart[] | null | undefined
  readonly isRenaming: boolean
  readonly onRename: (name: string) => Promise<void>
  readonly onRenamed: () => void
}

/** The cells of a row. */
export const ItemCells = ({ item, path, snippet, isRenaming, onRename, onRenamed }: RowProps) => (
  <>
    <div role="gridcell" className="cell name">
      <ItemPicture key={item.kind === 'file' ? item.version : item.id} item={item} />
      <div className="title">
        {isRenaming ? <NameField item={item} onName={onRename} onEnd={onRenamed} /> : <NameLink item={item} />}
        <p className="below">
          {path && <span className="path">{path.join(' / ') || strings.allDocuments}</span>}
          {snippet && <Snippet parts={snippet} />}
          {item.kind === 'file' && (
            <span className="narrow-only">{`${shortDate(item.modifiedAt)} · ${size(item.size)}`}</span>
          )}
        </p>
      </div>
      {item.isShared && <SharedMark />}
      {item.kind === 'file' && <OpenBadge file={item} />}
    </div>
    <div role="gridcell" className="cell modified">
      {item.kind === 'file' && (
        <time dateTime={new Date(item.modifiedAt).toISOString()} title={fullDate(item.modifiedAt)}>
          {shortDate(item.modifiedAt)}
        </time>
      )}
    </div>
    <div role="gridcell" className="cell size">
      {item.kind === 'file' ? size(item.size) : <span className="hidden">{strings.folder}</span>}
    </div>
    <div role="gridcell" className="cell more">
      <button
        type="button"
        tabIndex={-1}
        className="button icon"
        aria-label={strings.actionsFor(item.name)}
        onClick={openMenu}
      >
        <Ellipsis size={18} aria-hidden="true" />
      </button>
    </div>
  </>
)

const NameLink = ({ item }: { readonly item: Item }) => (
  <a
    className="link"
    tabIndex={-1}
    draggable={false}
    href={addressOf(item)}
    title={item.name}
    onClick={(event) => {
      // With these keys a click chooses rows.
      if (event.shiftKey || event.ctrlKey || event.metaKey) event.preventDefault()
      else if (item.kind === 'folder') followLink(event)
    }}
  >
    {item.name}
  </a>
)

const SharedMark = () => (
  <span className="shared" title={strings.sharedByLink}>
    <Link2 size={14} aria-hidden="true" />
    <span className="hidden">{strings.sharedByLink}</span>
  </span>
)

const OpenBadge = ({ file: { openBy } }: { readonly file: FileItem }) => {
  if (!openBy) return null
  const says = openBy.isDesktop ? strings.openOnDesktop(openBy.name) : strings.openBy(openBy.name)
  const Icon = openBy.isDesktop ? Monitor : Lock
  return (
    <span className="badge" title={says}>
      <Icon size={12} aria-hidden="true" />
      <span className="hidden">{says}</span>
      <span aria-hidden="true">{openBy.name}</span>
    </span>
  )
}

// There is one menu for the list; the button asks for it where it stands.
const openMenu = ({ currentTarget }: MouseEvent<HTMLElement>) =>
  askForMenu(currentTarget, currentTarget.getBoundingClientRect())

/** Opens the context menu of what is at `element`, below `box`. */
export const askForMenu = (element: Element, { left, bottom }: DOMRect): void => {
  element.dispatchEvent(
    new globalThis.MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left, clientY: bottom }),
  )
}
