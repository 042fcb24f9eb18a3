import type { Container, Describe, StoredFile } from '@openwopi/host'
import type { CheckContainerInfo, CheckFileInfo } from '@openwopi/protocol'
import { bearerOf } from '../access/bearer.ts'
import type { LinksByPurpose } from '../access/signed-links.ts'
import type { Addresses } from '../addresses.ts'
import type { Files } from '../stored/open-files.ts'
import type { Templates } from './templates.ts'

/** The pages of this server that editors lead people to. */
export interface Describing {
  readonly describe: Describe
  readonly describeContainer: (container: Container) => Partial<CheckContainerInfo>
  /** Finds out in which folder a file lies, so that its editor can name it. */
  learn(file: StoredFile): Promise<void>
}

/** More folders than this are not remembered. */
const mostNames = 1000

/** What the addresses of pages and contents are made of. */
export interface DescribingParts extends LinksByPurpose {
  readonly addresses: Addresses
  readonly containers: Files['containers']
  readonly templates: Templates
}

export function describing({ addresses, containers, templates, ...links }: DescribingParts): Describing {
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
    describe(file, grant) {
      const bearer = bearerOf(grant)
      const canWrite = grant.can.has('write') && !file.isReadOnly
      const download = page(links.downloads.link(file.id, bearer, grant.expiresAt))
      const pages =
        grant.share === undefined
          ? pagesOf({ file, page, origin, folderName: folderNames.get(file.parentId), download })
          : pagesForGuests({ file, origin, download, canWrite })
      const isBlank = canWrite && file.size === 0 && templates.pathFor(file) !== undefined
      // Some clients would take the file itself, which is empty, where they are offered both.
      const content = isBlank
        ? { TemplateSource: addresses.callback + links.templateLinks.link(file.id, bearer, grant.expiresAt) }
        : { FileUrl: addresses.callback + links.contents.link(file.id, bearer, grant.expiresAt) }
      return { ...pages, ...content }
    },
  }
}

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

/**
 * The addresses of pages say who is meant by nothing: whoever is sent there signs in, and may do there what they may do
 * anyway. No page can stand in a page of another site, so none is named for that.
 */
function pagesOf({ file, page, origin, folderName, download }: Pages): Partial<CheckFileInfo> {
  const open = `/open/${encodeURIComponent(file.id)}`
  const folder = `/folder/${encodeURIComponent(file.parentId)}`
  const inFolder = (what: string) => page(`${folder}?${what}=${encodeURIComponent(file.id)}`)
  return {
    HostEditUrl: page(`${open}?action=edit`),
    HostViewUrl: page(`${open}?action=view`),
    CloseUrl: inFolder('file'),
    DownloadUrl: download,
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
