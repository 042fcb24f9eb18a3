/** What a form with a token said, now that it is no longer in the document. */
export interface TakenForm {
  readonly actionUrl: string
  readonly accessToken: string
  /** Milliseconds since the epoch. `0`: not known. */
  readonly accessTokenTtl: number
  /** The other fields. */
  readonly fields: Readonly<Record<string, string>>
}

/** Takes a form of hidden fields, as a server writes it into a page, out of the document. */
export const takeForm = (form: HTMLFormElement): TakenForm => {
  const {
    access_token: accessToken = '',
    access_token_ttl: ttl = '0',
    ...fields
  } = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
  const actionUrl = form.action
  form.remove()
  return { actionUrl, accessToken, accessTokenTtl: Number(ttl) || 0, fields }
}
