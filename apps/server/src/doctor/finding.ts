/** What the doctor found out about one thing. */
export interface Finding {
  /** What it is about, in a few words. */
  readonly about: string
  /** `untested`: it could not be looked at, because of something else that was found. */
  readonly result: 'ok' | 'warning' | 'problem' | 'untested'
  /** One sentence: how it is, and what to change if it is not well. */
  readonly says: string
}

/** The findings of a check, in its words. */
export interface Verdict {
  ok(says: string): Finding
  warning(says: string): Finding
  problem(says: string): Finding
  untested(says: string): Finding
}

/** Findings about one thing. */
export const verdictOn = (about: string): Verdict => ({
  ok: (says) => ({ about, result: 'ok', says }),
  warning: (says) => ({ about, result: 'warning', says }),
  problem: (says) => ({ about, result: 'problem', says }),
  untested: (says) => ({ about, result: 'untested', says }),
})
