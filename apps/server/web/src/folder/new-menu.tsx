import { ChevronDown, FolderPlus, Plus } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { lazy, Suspense, useState } from 'react'
import { openAddress } from '../api/addresses.ts'
import { useSession } from '../api/session.ts'
import { KindIcon } from '../kinds.tsx'
import { strings } from '../strings.ts'
import { useCreate } from './use-create.ts'

const NameDialog = lazy(async () => ({ default: (await import('../dialogs/name-dialog.tsx')).NameDialog }))

type Wanted = 'folder' | { readonly extension: string; readonly label: string }

/** The button that makes new documents and folders. */
export const NewMenu = ({ folderId }: { readonly folderId: string }) => {
  const [wanted, setWanted] = useState<Wanted>()
  const { data: session } = useSession()
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="button primary">
          <Plus size={17} aria-hidden="true" />
          <span className="wide-only">{strings.make}</span>
          <span className="hidden narrow-only">{strings.make}</span>
          <ChevronDown className="wide-only" size={14} aria-hidden="true" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
            {session?.newDocuments.map((document) => (
              <DropdownMenu.Item key={document.extension} className="entry" onSelect={() => setWanted(document)}>
                <KindIcon item={{ kind: 'file', name: `a.${document.extension}` }} />
                {document.label}
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Separator className="separator" />
            <DropdownMenu.Item className="entry" onSelect={() => setWanted('folder')}>
              <FolderPlus className="kind folder" size={20} strokeWidth={1.75} aria-hidden="true" />
              {strings.newFolder}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {wanted !== undefined && (
        <Suspense>
          <MakeDialog folderId={folderId} wanted={wanted} onClose={() => setWanted(undefined)} />
        </Suspense>
      )}
    </>
  )
}

interface MakeDialogProps {
  readonly folderId: string
  readonly wanted: Wanted
  readonly onClose: () => void
}

const MakeDialog = ({ folderId, wanted, onClose }: MakeDialogProps) => {
  const create = useCreate(folderId)
  if (wanted === 'folder') {
    const make = (name: string) => create.folder(name).then(onClose)
    return <NameDialog title={strings.newFolderTitle} initial={strings.newFolderName} onName={make} onClose={onClose} />
  }
  const ending = `.${wanted.extension}`
  const make = async (name: string) => location.assign(openAddress((await create.file(name)).id, 'edit'))
  return (
    <NameDialog
      title={strings.newDocumentTitle}
      initial={strings.newDocumentName + ending}
      ending={ending}
      onName={make}
      onClose={onClose}
    />
  )
}
