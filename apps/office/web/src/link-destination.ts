/** Where a link in a document may lead. Other addresses could start a program, or reach what only this machine does. */
const followed: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])

/** Where a link in a document leads. `undefined`: it is not followed. */
export function destinationOf(address: string): URL | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined
  return url && followed.has(url.protocol) ? url : undefined
}
