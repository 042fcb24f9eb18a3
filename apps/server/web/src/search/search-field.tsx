import { Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { strings } from '../strings.ts'

/** What is searched for, and how that changes. */
export interface SearchFieldProps {
  readonly text: string
  readonly onText: (text: string) => void
}

/** The search field. `/` leads to it from anywhere on the page. */
export const SearchField = ({ text, onText }: SearchFieldProps) => {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onText('')
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault()
      document.querySelector<HTMLElement>('[role=grid]')?.focus()
    }
  }
  return (
    <search className="search">
      <Search className="search-icon" size={16} aria-hidden="true" />
      <input
        ref={field}
        type="search"
        value={text}
        maxLength={255}
        placeholder={strings.search}
        aria-label={strings.search}
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {text === '' ? (
        <span className="slash" aria-hidden="true">
          /
        </span>
      ) : (
        <button type="button" className="button icon" aria-label={strings.clearSearch} onClick={() => onText('')}>
          <X size={15} aria-hidden="true" />
        </button>
      )}
    </search>
  )
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, dialog, [role=menu], [contenteditable]') !== null
