import { useId, useRef, useState } from 'react'
import { openAddress } from '../api/addresses.ts'
import { copyText } from '../copy-text.ts'
import { strings } from '../strings.ts'
import { Modal } from './modal.tsx'

/** Shows the link that opens a file. */
export const ShareDialog = ({ fileId, onClose }: { readonly fileId: string; readonly onClose: () => void }) => {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [isCopied, setCopied] = useState(false)
  const link = new URL(openAddress(fileId), location.href).href
  const copy = async () => {
    if (field.current) setCopied(await copyText(field.current))
  }
  return (
    <Modal title={strings.shareTitle} onClose={onClose}>
      <p>{strings.shareText}</p>
      <label className="hidden" htmlFor={id}>
        {strings.link}
      </label>
      <div className="copy">
        <input id={id} ref={field} className="field" readOnly value={link} />
        <button type="button" className="button primary" onClick={() => void copy()}>
          <span role="status">{isCopied ? strings.copied : strings.copy}</span>
        </button>
      </div>
    </Modal>
  )
}
