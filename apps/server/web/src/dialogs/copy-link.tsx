import { type ReactNode, useId, useRef, useState } from 'react'
import { copyText } from '../copy-text.ts'
import { strings } from '../strings.ts'

interface CopyLinkProps {
  readonly link: string
  /** What link it is, for those who do not see where it stands. */
  readonly label: string
  readonly copyLabel: string
  /** Further buttons. */
  readonly children?: ReactNode
}

/** A link in a field, and the way to copy it. */
export const CopyLink = ({ link, label, copyLabel, children }: CopyLinkProps) => {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState<string>()
  const copy = async () => {
    if (field.current && (await copyText(field.current))) setCopied(link)
  }
  return (
    <div className="copy">
      <label className="hidden" htmlFor={id}>
        {label}
      </label>
      <input id={id} ref={field} className="field" readOnly value={link} onFocus={({ target }) => target.select()} />
      <button type="button" className="button" aria-label={copyLabel} onClick={() => void copy()}>
        {copied === link ? strings.copied : strings.copy}
      </button>
      {children}
      <span className="hidden" role="status">
        {copied === link && strings.copied}
      </span>
    </div>
  )
}
