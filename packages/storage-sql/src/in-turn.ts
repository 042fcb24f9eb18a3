/** Lets one at a time go on, in the order in which they came. Who has gone on says when the next one may. */
export function inTurn(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    const before = last
    let release: () => void = () => {}
    last = new Promise((resolve) => {
      release = resolve
    })
    await before
    return release
  }
}
