/** Remembers what several checks look at, by name. What could not be made is as impossible for the next check. */
export function scenes(): <T>(name: string, make: () => Promise<T>) => Promise<T> {
  const made = new Map<string, Promise<unknown>>()
  return <T>(name: string, make: () => Promise<T>): Promise<T> => {
    const scene = (made.get(name) ?? make()) as Promise<T>
    made.set(name, scene)
    return scene
  }
}
