import { UploadCloud } from 'lucide-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { useShell } from '../shell.ts'
import { strings } from '../strings.ts'

/** Where files can be dropped. */
export interface DropZoneProps {
  readonly folderName: string
  /** Absent: nothing can be put here. */
  readonly onFiles: ((files: readonly File[]) => void) | undefined
  readonly children: ReactNode
}

/** Takes files that are dropped anywhere on it. */
export const DropZone = ({ folderName, onFiles, children }: DropZoneProps) => {
  const { toasts } = useShell()
  // Every element within tells of entering and leaving; the pointer has left when all of them say so.
  const depth = useRef(0)
  const [isOver, setOver] = useState(false)
  const enter = (by: 1 | -1) => {
    depth.current += by
    setOver(depth.current > 0)
  }
  const carriesFiles = (event: DragEvent) => onFiles !== undefined && event.dataTransfer.types.includes('Files')
  const onDrop = (event: DragEvent) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    depth.current = 0
    setOver(false)
    const { files, folders } = dropped(event.dataTransfer)
    if (folders > 0) toasts.show({ text: strings.uploadIsFolder, tone: 'trouble' })
    if (files.length > 0) onFiles?.(files)
  }
  return (
    <main
      className="content"
      onDragEnter={(event) => carriesFiles(event) && enter(1)}
      onDragLeave={(event) => carriesFiles(event) && enter(-1)}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDrop={onDrop}
    >
      {children}
      {isOver && (
        <div className="drop-hint">
          <UploadCloud size={40} strokeWidth={1.25} aria-hidden="true" />
          <p>{strings.dropHere(folderName)}</p>
        </div>
      )}
    </main>
  )
}

// A dropped folder looks like a file that cannot be read.
const dropped = ({ items, files }: DataTransfer): { readonly files: readonly File[]; readonly folders: number } => {
  const isFolder = [...items].map((item) => item.webkitGetAsEntry?.()?.isDirectory === true)
  const kept = [...files].filter((_, index) => !isFolder[index])
  return { files: kept, folders: files.length - kept.length }
}
