/** What the office has said no to. `why`: `name` where a name cannot be used. */
export class ApiFailure extends Error {
  readonly why: string

  constructor(why: string) {
    super(why)
    this.why = why
  }
}
