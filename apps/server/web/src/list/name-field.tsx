import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Item } from '../api/listing.ts'
import { messageOf } from '../api/request.ts'
import { extensionAt } from '../extension.ts'
import { strings } from '../strings.ts'

/** What the field in a row is for. */
export interface NameFieldProps {
  readonly item: Item
  /** Gives the item its new name. Rejects where it cannot be had: the field stays, and says why. */
  readonly onName: (name: string) => Promise<void>
  readonly onEnd: () => void
}

/** The field in a row that gives an item another name: Enter takes it, Escape does not. */
export const NameField = ({ item, onName, onEnd }: NameFieldProps) => {
  const field = useRef<HTMLInputElement>(null)
  const [trouble, setTrouble] = useState<string>()
  const isBusy = useRef(false)
  // The field loses the focus as it goes, which is no answer.
  const isOver = useRef(false)

  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(0, item.kind === 'file' ? extensionAt(item.name) : item.name.length)
  }, [item.kind, item.name])

  const end = () => {
    isOver.current = true
    onEnd()
  }
  const take = async () => {
    const name = field.current?.value.trim() ?? ''
    if (isBusy.current || isOver.current) return
    if (name === '' || name === item.name) return end()
    isBusy.current = true
    await onName(name).then(end, (error: unknown) => setTrouble(messageOf(error)))
    isBusy.current = false
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Enter') void take()
    if (event.key === 'Escape') end()
  }
  return (
    <span className="name-field">
      <input
        ref={field}
        className="field"
        defaultValue={item.name}
        maxLength={255}
        spellCheck={false}
        autoComplete="off"
        aria-label={strings.newNameFor(item.name)}
        aria-invalid={trouble !== undefined}
        aria-errormessage={trouble === undefined ? undefined : 'name-trouble'}
        onKeyDown={onKeyDown}
        onBlur={() => void take()}
        onInput={() => setTrouble(undefined)}
      />
      {trouble !== undefined && (
        <span id="name-trouble" className="trouble bubble" role="alert">
          {trouble}
        </span>
      )}
    </span>
  )
}
