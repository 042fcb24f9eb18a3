import { UploadCloud } from 'lucide-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { strings } from '../strings.ts'
import { type Dropped, droppedIn } from './dropped.ts'

/** Where files can be dropped. */
export interface DropZoneProps {
  readonly folderName: string
  /** Absent: nothing can be put here. */
  readonly onDropped: ((dropped: Dropped) => void) | undefined
  readonly children: ReactNode
}

/** The main part of a page that takes what is dropped anywhere on it. */
export const DropZone = ({ folderName, onDropped, children }: DropZoneProps) => {
  // Every element within tells of entering and leaving; the pointer has left when all of them say so.
  const depth = useRef(0)
  const [isOver, setOver] = useState(false)
  const enter = (by: 1 | -1) => {
    depth.current += by
    setOver(depth.current > 0)
  }
  const carriesFiles = (event: DragEvent) => onDropped !== undefined && event.dataTransfer.types.includes('Files')
  const onDrop = (event: DragEvent) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    depth.current = 0
    setOver(false)
    onDropped?.(droppedIn(event.dataTransfer))
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
