import { AsyncLocalStorage } from 'node:async_hooks'
import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { HostAnswer, HostEvent, HostRequest } from '@openwopi/host'
import type { Around } from './around.ts'
import { settled } from './settled.ts'
import { traceContext } from './trace-context.ts'

/** Traces of WOPI calls, and of the calls of ports that they make. They hold no token and nothing of a document. */
export interface Traces {
  /** The same answer, with a span around it: a part of the trace that the request's sender is in, where it says so. */
  readonly traced: (answer: Answer) => Answer
  /** A span within that of the WOPI call under way. */
  readonly around: Around
  /** Says what the WOPI call under way was, and how it went. */
  readonly note: (call: HostEvent) => void
  /** Sends what has not been sent. */
  close(): Promise<void>
}

export type Answer = (request: HostRequest) => Promise<HostAnswer>

/** How long the end of a server waits for what has not been sent, in milliseconds. */
const patience = 1000

/** Sends traces to a collector, in batches. One that cannot be reached costs nothing but the traces. */
export function createTraces(url: string): Traces {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'openwopi' }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  })
  const tracer = provider.getTracer('openwopi')
  const underWay = new AsyncLocalStorage<Span>()

  return {
    traced: (answer) => (request) => {
      const sender = traceContext(request.headers.get('traceparent'))
      const parent = sender ? trace.setSpanContext(ROOT_CONTEXT, sender) : ROOT_CONTEXT
      const span = tracer.startSpan('WOPI call', { kind: SpanKind.SERVER }, parent)
      return underWay.run(span, () => settled(() => answer(request), ends(span)))
    },
    around(call, run) {
      const parent = underWay.getStore()
      if (!parent) return run()
      const span = tracer.startSpan(call, {}, trace.setSpan(ROOT_CONTEXT, parent))
      return settled(run, ends(span))
    },
    note(call) {
      underWay
        .getStore()
        ?.updateName(call.operation ?? 'unknown operation')
        .setAttributes(attributesOf(call))
    },
    close: () => Promise.race([provider.shutdown(), passed(patience)]),
  }
}

const passed = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds).unref()
  })

const ends =
  (span: Span) =>
  (isFailed: boolean): void => {
    if (isFailed) span.setStatus({ code: SpanStatusCode.ERROR })
    span.end()
  }

const attributesOf = ({ status, client, correlationId, sessionId, error }: HostEvent) => ({
  'http.response.status_code': status,
  ...(client !== undefined && { 'openwopi.client': client }),
  ...(correlationId !== undefined && { 'openwopi.correlation_id': correlationId.slice(0, 100) }),
  ...(sessionId !== undefined && { 'openwopi.session_id': sessionId.slice(0, 100) }),
  ...(error && { 'error.type': error.code }),
})
