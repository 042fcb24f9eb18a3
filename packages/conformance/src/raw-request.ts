import { CannotRun } from './findings.ts'
import type { Target } from './target.ts'
import type { World } from './world.ts'

/** A connection on which bytes go out as they are. */
export interface Connection {
  send(bytes: Uint8Array | string): Promise<void>
  /** Resolves once something has come, or when `milliseconds` are over. */
  some(milliseconds: number): Promise<void>
  /** What has come by the time the host closes the connection, or stops answering. */
  rest(): Promise<string>
  /** Breaks off, as when a cable is pulled. */
  reset(): void
}

/** Opens a connection to the origin of an address. */
export type Connect = (url: URL) => Promise<Connection>

/** What goes before the body of a request to a file, with a token. Headers as they should stand on the wire. */
export function headOf(target: Target, { method = 'POST', path = '', lines = [] as readonly string[] }): string {
  const { host, pathname } = new URL(target.wopiSrc)
  const address = `${pathname}${path}?access_token=${encodeURIComponent(target.token)}`
  return [`${method} ${address} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...lines, '', ''].join('\r\n')
}

/** A connection to the host. Requests on it are not signed, so a host that wants them signed cannot be asked. */
export async function connected({ connect, keys, file }: World): Promise<Connection> {
  if (!connect) throw new CannotRun('There is no connection on which bytes go out as they are.')
  if (keys) throw new CannotRun('Requests that go out byte by byte are not signed, which this host demands.')
  return connect(new URL(file.wopiSrc))
}

/** Gives the host a moment to notice that a connection has broken, and to do what it then does. */
export async function settled(world: World): Promise<void> {
  const connection = await connected(world)
  await connection.some(300)
  connection.reset()
}

/** The status of the last answer in what came. `undefined`: there is none. */
export function statusIn(came: string): number | undefined {
  const statuses = [...came.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, status]) => Number(status))
  return statuses.findLast((status) => status >= 200)
}
