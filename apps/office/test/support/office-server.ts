import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createOffice, type Office, type OfficeEvent } from '@openwopi/office'
import type { Converter } from '@openwopi/office/converter'
import { listen } from './host-server.ts'

/** The office on one port, however often it is started again. */
export type OfficeServer = Awaited<ReturnType<typeof startOffice>>

/** Starts the office. */
export async function startOffice(
  given: { dataFolder: string; autosaveAfter: number; converter?: Converter; now: () => number },
  hosts: () => readonly string[],
) {
  const events: OfficeEvent[] = []
  let server = await listen(createServer(), 0)
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  let office: Office | undefined

  const run = async (on: Server, dataFolder: string) => {
    const options = { ...given, dataFolder, url, hosts: hosts() }
    office = await createOffice({ ...options, observe: (event) => events.push(event) })
    on.on('request', office.listener)
    office.attach(on)
  }
  const stopServer = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return {
    url,
    events,
    run: () => run(server, given.dataFolder),
    rotateKeys: () => office?.rotateKeys(),
    async stop(): Promise<void> {
      await office?.close()
      await stopServer()
    },
    /** `dataFolder`: another one than before, such as a copy from the moment of a crash. */
    async startAgain(dataFolder = given.dataFolder): Promise<void> {
      server = createServer()
      await run(server, dataFolder)
      await listen(server, port)
    },
  }
}
