import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { FileItem, Listing, Problem } from '../src/api.ts'
import { type AppOptions, createApp } from '../src/app.ts'
import type { Config } from '../src/config.ts'
import type { LogEvent } from '../src/log-event.ts'
import { fakeClient } from './fake-client.ts'
import { writeUsers } from './quick-users.ts'

/** What a server is started with. */
export interface Start {
  /** What lies in the folder: contents by path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly config?: Partial<Config>
  /** Passwords by name; the first is the owner's. */
  readonly users?: Readonly<Record<string, string>>
  readonly options?: AppOptions
  /** A folder of an earlier server, to start on again. */
  readonly on?: Server
}

/** A server that runs over a real folder and a real socket. */
export interface Server {
  readonly url: string
  readonly officeUrl?: string
  readonly metricsPort?: number
  readonly folder: string
  readonly dataFolder: string
  readonly log: LogEvent[]
  /** Asks as the server's own pages do. */
  ask(path: string, init?: RequestInit): Promise<Response>
  /** Changes something as the server's own pages do. */
  change(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  /** The file with this name in the root. */
  file(name: string): Promise<FileItem>
  list(folderId?: string): Promise<Listing>
  /** What `openwopi token` gets. */
  token(
    body: object,
  ): Promise<{ wopiSrc: string; accessToken: string; accessTokenTtl: number; actionUrl: string | null }>
  /** Asks as programs do that can read the data folder. */
  control(what: string, body: object): Promise<Response>
  stop(): Promise<void>
}

const own = { 'X-OpenWOPI': '1' }

/** Starts one, which ends with the test. Its client is a fake one unless others are configured. */
export async function start({ files = {}, config = {}, users = {}, options = {}, on }: Start = {}): Promise<Server> {
  const folder = on?.folder ?? (await mkdtemp(join(tmpdir(), 'openwopi-server-')))
  if (!on) onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const dataFolder = join(folder, '.openwopi')
  await mkdir(dataFolder, { recursive: true })
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  if (!on) await writeUsers(dataFolder, users)

  const log: LogEvent[] = []
  const app = await createApp(
    {
      folder,
      dataFolder,
      host: '127.0.0.1',
      port: 0,
      clients: config.clients ?? [(await fakeClient()).config],
      trustedProxies: [],
      officePort: 0,
      keepVersions: 100,
      tokenLifetime: 10 * 60 * 60_000,
      drainLimit: 1000,
      ...config,
    },
    (event) => log.push(event),
    // On a machine that has much else to do, a client that is there may answer late.
    { startsWithin: 60_000, ...options },
  )
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= app.close()
    return stopped
  }
  onTestFinished(stop)
  const addresses = await app.listen()
  const running = JSON.parse(await readFile(join(dataFolder, 'running.json'), 'utf8'))
  const ask = (path: string, init?: RequestInit) => fetch(running.url + path, { redirect: 'manual', ...init })
  const control = (what: string, body: object) =>
    ask(`/api/control/${what}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${running.controlToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  const list = async (id = 'root') => (await ask(`/api/folders/${id}?limit=500`)).json() as Promise<Listing>

  return {
    ...addresses,
    url: running.url,
    folder,
    dataFolder,
    log,
    ask,
    list,
    change: (method, path, body, headers = {}) =>
      ask(path, {
        method,
        headers: { ...own, ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    async file(name) {
      const found = (await list()).files.find((file) => file.name === name)
      if (!found) throw new Error(`there is no ${name}`)
      return found
    },
    control,
    async token(body) {
      const response = await control('token', body)
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
      return response.json()
    },
    stop,
  }
}

export const problemOf = async (response: Response): Promise<Problem> => response.json() as Promise<Problem>

/** Waits until `condition` holds, for as long as a slow machine may need. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 60_000
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Signs in and returns the cookie to send from then on. */
export async function signIn(server: Server, name: string, password: string): Promise<string> {
  const response = await server.change('POST', '/api/session', { name, password })
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  return (response.headers.get('Set-Cookie') ?? '').split(';')[0] ?? ''
}
