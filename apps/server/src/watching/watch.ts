import type { HostEvent } from '@openwopi/host'
import { type Around, around } from './around.ts'
import type { Levels, Measures } from './measures.ts'
import { serveMetrics } from './metrics-server.ts'
import type { WatchConfig } from './options.ts'
import type { Answer, Traces } from './traces.ts'

/** Whoever watches the server at work, as the configuration asks for it. */
export interface Watch {
  /** Absent: nobody looks at the calls of ports, and they cost nothing more. */
  readonly around?: Around
  readonly note: (call: HostEvent) => void
  readonly traced: (answer: Answer) => Answer
  readonly request: Measures['request']
  /** Where metrics are to be read. Absent: nowhere. */
  readonly metricsPort?: number
  close(): Promise<void>
}

/** Begins to watch. What nobody asked for is not even loaded. */
export async function createWatch({ metrics, traces: tracesUrl }: WatchConfig, levels: Levels): Promise<Watch> {
  const measures = metrics && (await import('./measures.ts')).createMeasures(levels)
  const traces = tracesUrl === undefined ? undefined : (await import('./traces.ts')).createTraces(tracesUrl)
  const server = metrics && measures && (await serveMetrics(metrics, measures))
  const looks = [traces?.around, measures?.around].filter((look) => look !== undefined)

  return {
    ...(looks.length > 0 && { around: around(...looks) }),
    note(call) {
      measures?.note(call)
      traces?.note(call)
    },
    traced: traces?.traced ?? ((answer) => answer),
    request: measures?.request ?? (() => {}),
    ...(server && { metricsPort: server.port }),
    async close() {
      server?.close()
      await close(traces)
    },
  }
}

/** A collector that is away must not keep a server from ending. */
const close = (traces: Traces | undefined) => traces?.close().catch(() => {})
