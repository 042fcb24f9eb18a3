/** Something a person can put right: the message says what is wrong and what to do, and is all that is printed. */
export class CommandError extends Error {
  /** 1: it did not work. 2: it was asked for wrongly. */
  readonly exitCode: 1 | 2

  constructor(message: string, exitCode: 1 | 2 = 1, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CommandError'
    this.exitCode = exitCode
  }
}

/** A `CommandError` about how something was asked for. */
export const usageError = (message: string): CommandError => new CommandError(message, 2)
