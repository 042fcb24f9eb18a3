import { join } from 'node:path'
import type { Converter } from '@openwopi/office/converter'
import { type Addresses, localOrigin, nodeOrigin, officeAddress } from '../addresses.ts'
import type { ClientConfig, Config } from '../config.ts'
import { listen, listenAgain, waitingServer } from '../http/listening.ts'
import type { LastPorts } from '../last-ports.ts'
import { causeOf, type Log } from '../log-event.ts'
import type { State } from '../state/open-state.ts'
import { sendsAway } from '../watching/sends-away.ts'

/** The office client that comes with the server, on a port of its own: browsers then keep its pages and ours apart. */
export interface BuiltInOffice {
  readonly url: string
  readonly client: ClientConfig
  /** Begins to answer. `addresses` are those of the host whose documents it opens. */
  open(addresses: Addresses): Promise<void>
  /** Saves what is open, and ends. */
  close(): Promise<void>
}

export interface BuiltInOfficeOptions {
  readonly config: Config
  readonly ports: LastPorts
  /** What turns documents into others. */
  readonly converter: Converter | undefined
  readonly log: Log
  readonly state: Pick<State, 'db' | 'engine' | 'key'>
  /** The clock by which all servers of a database agree. */
  readonly now: () => number
  /** Milliseconds after which a connection on which nothing happens is dropped. */
  readonly idle: number
  /** Milliseconds that requests under way get to end. */
  readonly patience: number
}

/** Takes the port; requests wait until it is opened. */
export async function builtInOffice({
  config,
  ports,
  converter,
  log,
  state,
  now,
  idle,
  patience,
}: BuiltInOfficeOptions): Promise<BuiltInOffice> {
  const { server, answerWith, drain } = waitingServer(idle)
  const port = config.officePort
    ? await listen(server, config.officePort, config.host)
    : await listenAgain(server, ports.of('office'), config.host)
  ports.set('office', port)
  const url = officeAddress(config, port)
  let end = async () => {}

  return {
    url,
    client: { name: 'office', url: `${localOrigin(config.host, port)}/hosting/discovery`, profile: 'openwopi' },
    async open({ callback, public: publicUrl }) {
      // Nobody who has another client needs to load this one.
      const { createOffice } = await import('@openwopi/office')
      const address = nodeOrigin(config, port)
      const { sqlNodePorts } = await import('../office/sql-node-ports.ts')
      const nodes = config.database === undefined ? undefined : await sqlNodePorts(state, { address, now, log })
      const office = await createOffice({
        url,
        // It is called by the one, and framed by pages of the other.
        hosts: [...new Set([callback, publicUrl].map((address) => new URL(address).origin))],
        dataFolder: join(config.dataFolder, 'office'),
        ...(nodes && { nodes: nodes.ports }),
        ...(converter && { converter }),
        observe: ({ what, wopiSrc, cause }) =>
          log({
            level: cause === undefined ? 'debug' : 'warn',
            event: 'office',
            what,
            wopiSrc,
            ...(cause !== undefined && causeOf(cause)),
          }),
      })
      office.attach(server)
      answerWith(office.listener)
      end = async () => {
        nodes?.close()
        await office.close()
      }
    },
    async close() {
      await end()
      answerWith(sendsAway)
      await drain(patience)
    },
  }
}
