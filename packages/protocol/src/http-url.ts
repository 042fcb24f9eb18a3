/** The address in `text` if it is an absolute one of `http` or `https`, else `undefined`. */
export function httpUrl(text: string): URL | undefined {
  try {
    const url = new URL(text)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined
  } catch {
    return undefined
  }
}
