import type { Pointer } from '@openwopi/protocol'
import type { Circumstances } from './implementation.ts'
import type { Container } from './ports.ts'

/** The containers that something lies in, from the root down, each with an address of its own. */
export async function ancestorsOf(
  { links, grant }: Circumstances,
  chain: readonly Container[],
): Promise<{ list: { AncestorsWithRootFirst: readonly Pointer[] } }> {
  const pointer = async ({ id, name }: Container) => ({
    Name: name,
    Url: await links.withToken({ on: 'container', id }, grant),
  })
  return { list: { AncestorsWithRootFirst: await Promise.all(chain.map(pointer)) } }
}
