/** Thrown where it could not be noted, for other nodes to know, what was about to be sent to the host: it has not been sent. */
export class NotNoted extends Error {
  constructor() {
    super(
      'what is shared with other nodes cannot be reached, so that they could not tell this save from a change by others',
    )
  }
}
