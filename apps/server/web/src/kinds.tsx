import {
  File,
  FileArchive,
  FileAudio,
  FileCode,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileType,
  FileVideo,
  Folder,
  type LucideIcon,
  Presentation,
} from 'lucide-react'
import type { Item } from './api/listing.ts'
import { extensionAt } from './extension.ts'

/** How a kind of file looks. */
interface Kind {
  readonly icon: LucideIcon
  /** The class that colours it. */
  readonly tint: string
}

const kinds: readonly (readonly [Kind, string])[] = [
  [{ icon: FileText, tint: 'text' }, 'doc docx docm dot dotx odt ott rtf pages'],
  [{ icon: FileSpreadsheet, tint: 'sheet' }, 'xls xlsx xlsm xlsb ods ots csv tsv numbers'],
  [{ icon: Presentation, tint: 'slides' }, 'ppt pptx pptm pps ppsx odp otp key'],
  [{ icon: FileType, tint: 'pdf' }, 'pdf ps epub'],
  [{ icon: FileText, tint: 'plain' }, 'txt md markdown log rst'],
  [{ icon: FileImage, tint: 'image' }, 'png jpg jpeg gif webp avif svg bmp tif tiff heic ico'],
  [{ icon: FileAudio, tint: 'media' }, 'mp3 wav ogg flac m4a aac opus'],
  [{ icon: FileVideo, tint: 'media' }, 'mp4 mkv mov webm avi'],
  [{ icon: FileArchive, tint: 'archive' }, 'zip tar gz tgz bz2 xz 7z rar zst'],
  [
    { icon: FileCode, tint: 'code' },
    'json js jsx ts tsx mjs css html htm xml yaml yml toml ini sh py rb go rs java c h cpp cs php sql',
  ],
]

const byExtension = new Map(kinds.flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const)))
const folder: Kind = { icon: Folder, tint: 'folder' }
const other: Kind = { icon: File, tint: 'other' }

const kindOf = ({ kind, name }: Pick<Item, 'kind' | 'name'>): Kind =>
  kind === 'folder' ? folder : (byExtension.get(name.slice(extensionAt(name) + 1).toLowerCase()) ?? other)

/** The picture of a kind of file. It says nothing that the name does not. */
export const KindIcon = ({ item }: { readonly item: Pick<Item, 'kind' | 'name'> }) => {
  const { icon: Icon, tint } = kindOf(item)
  return <Icon className={`kind ${tint}`} aria-hidden="true" size={20} strokeWidth={1.75} />
}
