/** Thrown where another node has taken a document's session over: what this one does counts no more. */
export class Fenced extends Error {
  constructor() {
    super('another node has taken the session of this document over')
  }
}
