import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredFile } from '@openwopi/host'
import type { Converter } from '@openwopi/office/converter'
import { actionUrl, pickAction, readDiscovery } from '@openwopi/protocol'
import { type HostServer, startHost } from './host-server.ts'
import { type OfficeServer, startOffice } from './office-server.ts'

/** A host and an office that know each other. */
export interface Setup {
  readonly host: HostServer
  readonly office: OfficeServer
  readonly dataFolder: string
  /** Lets so much time pass for both. */
  skip(milliseconds: number): void
  close(): Promise<void>
}

export interface SetupOptions {
  /** Milliseconds after a change. */
  readonly autosaveAfter?: number
  readonly converter?: Converter
}

export async function setUp(options: SetupOptions = {}): Promise<Setup> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'office-'))
  const hosts: string[] = []
  let skipped = 0
  const now = () => Date.now() + skipped
  const office = await startOffice({ autosaveAfter: 200, ...options, dataFolder, now }, () => hosts)
  const host = await startHost(() => office.url, now)
  hosts.push(host.origin)
  await office.run()
  return {
    host,
    office,
    dataFolder,
    skip(milliseconds) {
      skipped += milliseconds
    },
    async close() {
      await office.stop()
      await host.goAway().catch(() => {})
      for (const folder of [dataFolder, `${dataFolder}-crashed`]) await rm(folder, { recursive: true, force: true })
    },
  }
}

const offers = new Set(['locks', 'update'])

/** Where a host's page sends the browser, found as a host finds it. */
export async function addressOf(
  { host, office }: Setup,
  file: StoredFile,
  wanted: string,
  { ui = 'en-US', rs }: { ui?: string; rs?: string } = {},
): Promise<string> {
  const discovery = readDiscovery(await (await fetch(`${office.url}/hosting/discovery`)).text())
  const extension = file.name.split('.').at(-1) ?? ''
  const picked = pickAction(discovery, { extension, wanted, canWrite: !wanted.toLowerCase().includes('view'), offers })
  if (!picked) throw new Error(`nothing opens ${file.name}`)
  return actionUrl(picked.action.urlsrc, { WOPI_SOURCE: host.wopiSrc(file), UI_LLCC: ui, ...(rs && { DC_LLCC: rs }) })
}

/** How long what comes late on a machine that does much else may take, in milliseconds. What never comes costs a test so much. */
export const patience = 60_000

/** Waits until `found` finds something, for as long as a slow machine may need, and gives it back. */
export async function until<T>(
  found: () => Promise<T | undefined | false> | T | undefined | false,
  what = String(found),
): Promise<T> {
  const end = Date.now() + patience
  for (;;) {
    const value = await found()
    if (value) return value
    if (Date.now() > end) throw new Error(`waited too long for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
