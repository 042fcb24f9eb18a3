/** Does `run`, and looks at how it went: which call it is, how long it takes, whether it fails. Returns what `run` returns. */
export type Around = <T>(call: string, run: () => T) => T

/** The outer look first. */
export const around =
  (...all: readonly Around[]): Around =>
  (call, run) =>
    all.reduceRight<typeof run>((inner, each) => () => each(call, inner), run)()
