import { type OperationName, operationEntries } from './operations/index.ts'
import { type ResourceKind, roots } from './operations/operation.ts'
import { decodeSegment } from './segment.ts'

/** What a request is about, and which operation it asks for. `undefined`: none that the table knows. */
export interface Match {
  readonly on: ResourceKind
  readonly id: string
  readonly operation: OperationName | undefined
}

/** `/files/:id` → `^/files/([^/]+)(/[^/]+)?$`: an id, where the kind of resource has one, and what a row adds. */
const routes = (Object.keys(roots) as ResourceKind[]).map((on) => {
  const rows = operationEntries.filter(([, row]) => row.on === on)
  return { on, rows, pattern: new RegExp(`^${roots[on].replace(':id', '(?<id>[^/]+)')}(?<rest>/[^/]+)?/?$`) }
})

/** Finds the operation a request asks for. `path` starts after the WOPI base path. `undefined`: no resource lives there. */
export function match(method: string, path: string, headers: { get(name: string): string | null }): Match | undefined {
  for (const { on, rows, pattern } of routes) {
    const found = pattern.exec(path)
    if (!found) continue
    const { id: rawId = '', rest } = found.groups ?? {}
    const id = decodeSegment(rawId)
    if (id === undefined) return undefined
    const override = headers.get('X-WOPI-Override')?.toUpperCase()
    const row = rows.find(
      ([, operation]) =>
        operation.method === method &&
        operation.path === rest &&
        (operation.override === undefined || operation.override === override) &&
        (operation.sentWith === undefined || Boolean(headers.get(operation.sentWith))),
    )
    return { on, id, operation: row?.[0] }
  }
  return undefined
}
