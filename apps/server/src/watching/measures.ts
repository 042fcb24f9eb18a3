import type { HostEvent } from '@openwopi/host'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Around } from './around.ts'
import { settled } from './settled.ts'

/** What is counted and timed. Labels name operations, ports and configured clients: never a token, a person or a file. */
export interface Measures {
  /** Counts a WOPI call that has been answered. */
  readonly note: (call: HostEvent) => void
  /** Times each call of a port. */
  readonly around: Around
  /** Counts and times what pages and programs ask besides WOPI; `route` is the pattern, not the path. */
  readonly request: (route: string, status: number, milliseconds: number) => void
  /** Everything, as Prometheus reads it. */
  readonly text: () => Promise<string>
  readonly contentType: string
}

/** What is looked at whenever somebody reads the metrics. */
export interface Levels {
  readonly isReady: () => boolean
  /** How many saves wait to be recovered. */
  readonly failedSaves: () => Promise<number>
}

/** Seconds: from what a lookup takes to what the upload of a large file takes. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Keeps count. Two of them share nothing. */
export function createMeasures({ isReady, failedSaves }: Levels): Measures {
  const registers = [new Registry()]
  const [register = new Registry()] = registers
  collectDefaultMetrics({ register })
  const calls = new Counter({
    name: 'openwopi_calls_total',
    help: 'WOPI calls that were answered.',
    labelNames: ['operation', 'client', 'status'],
    registers,
  })
  const callSeconds = new Histogram({
    name: 'openwopi_call_duration_seconds',
    help: 'Time from a WOPI call to its answer; of a file that is sent, to the beginning of the answer.',
    labelNames: ['operation'],
    buckets,
    registers,
  })
  const portSeconds = new Histogram({
    name: 'openwopi_port_call_duration_seconds',
    help: 'Time that a call of a port takes: storage, locks and the others.',
    labelNames: ['call', 'outcome'],
    buckets,
    registers,
  })
  const requestSeconds = new Histogram({
    name: 'openwopi_request_duration_seconds',
    help: 'Time from a request of a page or a program, other than WOPI, to its answer.',
    labelNames: ['route', 'status'],
    buckets,
    registers,
  })
  new Gauge({
    name: 'openwopi_ready',
    help: '1: takes new work. 0: starts, stops, or cannot reach its storage.',
    registers,
    collect() {
      this.set(isReady() ? 1 : 0)
    },
  })
  new Gauge({
    name: 'openwopi_failed_saves',
    help: 'Saves that could not be stored and wait on this server to be recovered.',
    registers,
    async collect() {
      this.set(await failedSaves())
    },
  })

  return {
    note({ operation = 'unknown', client = 'none', status, milliseconds }) {
      calls.inc({ operation, client, status })
      callSeconds.observe({ operation }, milliseconds / 1000)
    },
    around(call, run) {
      const stop = portSeconds.startTimer({ call })
      return settled(run, (isFailed) => stop({ outcome: isFailed ? 'failed' : 'done' }))
    },
    request: (route, status, milliseconds) => requestSeconds.observe({ route, status }, milliseconds / 1000),
    text: () => register.metrics(),
    contentType: register.contentType,
  }
}
