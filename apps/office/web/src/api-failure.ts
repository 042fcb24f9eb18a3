/** What the office has said no to. `why`: `name` where a name cannot be used, `host-away` where nobody could be asked. */
export class ApiFailure extends Error {
  readonly why: string

  constructor(why: string, options?: ErrorOptions) {
    super(why, options)
    this.why = why
  }
}
