import type { Container, Containers, StoredFile } from './ports.ts'

const pageSize = 500

/** Everything directly in a container, page after page: the protocol knows no pages. */
export async function allChildren(
  { children }: Containers,
  id: string,
): Promise<{ containers: readonly Container[]; files: readonly StoredFile[] }> {
  const containers: Container[] = []
  const files: StoredFile[] = []
  let after: string | undefined
  do {
    const page = await children(id, { limit: pageSize, ...(after !== undefined && { after }) })
    containers.push(...page.containers)
    files.push(...page.files)
    after = page.next
  } while (after !== undefined)
  return { containers, files }
}
