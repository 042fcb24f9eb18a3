import { Upload } from 'lucide-react'
import { useRef } from 'react'
import { strings } from '../strings.ts'

/** The button that lets a person choose files to upload. */
export const UploadButton = ({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) => {
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" className="button" onClick={() => field.current?.click()}>
        <Upload size={16} aria-hidden="true" />
        <span className="wide-only">{strings.upload}</span>
        <span className="hidden narrow-only">{strings.upload}</span>
      </button>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </>
  )
}
