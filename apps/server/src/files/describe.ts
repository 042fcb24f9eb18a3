import type { Container, Describe, StoredFile } from '@openwopi/host'
import type { CheckContainerInfo, CheckFileInfo } from '@openwopi/protocol'
import type { FolderStorage } from '@openwopi/storage-folder'
import type { DownloadLinks } from '../access/download-links.ts'
import type { Addresses } from '../addresses.ts'

/** The pages of this server that editors lead people to. */
export interface Describing {
  readonly describe: Describe
  readonly describeContainer: (container: Container) => Partial<CheckContainerInfo>
  /** Finds out in which folder a file lies, so that its editor can name it. */
  learn(file: StoredFile): Promise<void>
}

/** More folders than this are not remembered. */
const mostNames = 1000

export function describing(
  addresses: Addresses,
  containers: FolderStorage['containers'],
  downloads: DownloadLinks,
): Describing {
  const folderNames = new Map<string, string>()
  const { origin } = new URL(addresses.public)
  const page = (path: string) => addresses.public + path

  return {
    async learn({ parentId }) {
      const folder = await containers.find(parentId)
      if (folder) folderNames.set(parentId, folder.name)
      const [oldest] = folderNames.keys()
      if (folderNames.size > mostNames && oldest !== undefined) folderNames.delete(oldest)
    },
    describeContainer: ({ id }) => ({ HostUrl: page(`/folder/${encodeURIComponent(id)}`) }),
    describe: (file, { user, share, can }) => {
      if (share !== undefined) {
        const download = page(downloads.link(file.id, `${byLink}${share}`))
        return pagesForGuests({ file, origin, download, canWrite: can.has('write') })
      }
      return pagesOf({
        file,
        page,
        origin,
        folderName: folderNames.get(file.parentId),
        download: downloads.link(file.id, user.id),
      })
    },
  }
}

/** What the bearer of a download link begins with who has come by a link of someone else. */
export const byLink = 'link:'

interface GuestPages extends Pick<Pages, 'file' | 'origin' | 'download'> {
  readonly canWrite: boolean
}

/** Whoever has followed a link is led nowhere else, and told of nothing that lies around the document. */
const pagesForGuests = ({ file, origin, download, canWrite }: GuestPages): Partial<CheckFileInfo> => ({
  DownloadUrl: download,
  BreadcrumbBrandName: 'OpenWOPI',
  BreadcrumbDocName: file.name,
  PostMessageOrigin: origin,
  ClosePostMessage: true,
  EditModePostMessage: canWrite,
  SupportsContainers: false,
  SupportsEcosystem: false,
})

interface Pages {
  readonly file: StoredFile
  readonly page: (path: string) => string
  readonly origin: string
  readonly folderName: string | undefined
  readonly download: string
}

function pagesOf({ file, page, origin, folderName, download }: Pages): Partial<CheckFileInfo> {
  const open = `/open/${encodeURIComponent(file.id)}`
  const folder = `/folder/${encodeURIComponent(file.parentId)}`
  const inFolder = (what: string) => page(`${folder}?${what}=${encodeURIComponent(file.id)}`)
  return {
    HostEditUrl: page(`${open}?action=edit`),
    HostViewUrl: page(`${open}?action=view`),
    CloseUrl: inFolder('file'),
    DownloadUrl: page(download),
    FileVersionUrl: inFolder('versions'),
    FileSharingUrl: inFolder('share'),
    BreadcrumbBrandName: 'OpenWOPI',
    BreadcrumbBrandUrl: page('/'),
    ...(folderName !== undefined && { BreadcrumbFolderName: folderName }),
    BreadcrumbFolderUrl: page(folder),
    BreadcrumbDocName: file.name,
    PostMessageOrigin: origin,
    ClosePostMessage: true,
    EditModePostMessage: true,
    FileSharingPostMessage: true,
    FileVersionPostMessage: true,
  }
}
