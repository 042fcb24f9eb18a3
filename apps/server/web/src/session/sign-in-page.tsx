import { type FormEvent, useEffect, useId, useRef } from 'react'
import { iconAddress } from '../api/addresses.ts'
import { messageOf } from '../api/request.ts'
import { useSignIn } from '../api/session.ts'
import { strings } from '../strings.ts'

/** The form that signs a person in. */
export const SignInPage = () => {
  const id = useId()
  const { mutate, isPending, error } = useSignIn()
  const name = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  useEffect(() => {
    document.title = strings.pageTitle(strings.signIn)
    name.current?.focus()
  }, [])
  useEffect(() => {
    if (error) password.current?.select()
  }, [error])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    mutate({ name: String(fields.get('name')), password: String(fields.get('password')) })
  }
  return (
    <main className="sign-in">
      <form className="card" onSubmit={submit}>
        <img src={iconAddress} alt="" width="44" height="44" />
        <h1>{strings.signInTitle}</h1>
        <label className="label" htmlFor={`${id}-name`}>
          {strings.userName}
        </label>
        <input
          id={`${id}-name`}
          ref={name}
          className="field"
          name="name"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
        <label className="label" htmlFor={`${id}-password`}>
          {strings.password}
        </label>
        <input
          id={`${id}-password`}
          ref={password}
          className="field"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          aria-invalid={error !== null}
          aria-describedby={`${id}-trouble`}
        />
        <div id={`${id}-trouble`} role="alert">
          {error && <p className="trouble">{messageOf(error)}</p>}
        </div>
        <button type="submit" className="button primary wide" disabled={isPending}>
          {strings.signIn}
        </button>
      </form>
    </main>
  )
}
