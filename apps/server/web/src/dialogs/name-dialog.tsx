import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { messageOf, RequestFailed } from '../api/request.ts'
import { extensionAt } from '../extension.ts'
import { strings } from '../strings.ts'
import { Modal } from './modal.tsx'

/** What the dialog asks a name for. */
export interface NameDialogProps {
  readonly title: string
  readonly initial: string
  /** What a name must end in; added where it does not. */
  readonly ending?: string
  /** Makes it. Rejects where it cannot be had: the dialog stays, and says why. */
  readonly onName: (name: string) => Promise<unknown>
  readonly onClose: () => void
}

/** Asks for the name of something new. */
export const NameDialog = ({ title, initial, ending = '', onName, onClose }: NameDialogProps) => {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(initial)
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<{ message: string; suggestion?: string | undefined }>()
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(0, extensionAt(initial))
  }, [initial])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = name.trim()
    if (wanted === '') return setTrouble({ message: strings.nameMissing })
    setBusy(true)
    const whole = wanted.toLowerCase().endsWith(ending.toLowerCase()) ? wanted : wanted + ending
    await onName(whole).catch((error: unknown) => {
      const suggestion = error instanceof RequestFailed ? error.suggestion : undefined
      setTrouble({ message: messageOf(error), suggestion })
      field.current?.focus()
    })
    setBusy(false)
  }
  const change = (next: string) => {
    setName(next)
    setTrouble(undefined)
  }
  return (
    <Modal title={title} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <label className="label" htmlFor={id}>
          {strings.name}
        </label>
        <input
          id={id}
          ref={field}
          className="field"
          value={name}
          maxLength={255}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={trouble !== undefined}
          aria-describedby={`${id}-trouble`}
          onChange={(event) => change(event.target.value)}
        />
        <div id={`${id}-trouble`} role="alert">
          {trouble && <p className="trouble">{trouble.message}</p>}
        </div>
        {trouble?.suggestion !== undefined && (
          <button type="button" className="button quiet" onClick={() => change(trouble.suggestion ?? '')}>
            {strings.takeName(trouble.suggestion)}
          </button>
        )}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {strings.cancel}
          </button>
          <button type="submit" className="button primary" disabled={isBusy}>
            {strings.create}
          </button>
        </footer>
      </form>
    </Modal>
  )
}
