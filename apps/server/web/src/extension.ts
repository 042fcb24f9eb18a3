/** Where a name's extension begins. The length of the name where it has none. */
export const extensionAt = (name: string): number => {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? dot : name.length
}
