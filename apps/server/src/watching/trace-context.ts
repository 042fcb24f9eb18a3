import { isSpanContextValid, type SpanContext, TraceFlags } from '@opentelemetry/api'

const form = /^(?<version>[\da-f]{2})-(?<traceId>[\da-f]{32})-(?<spanId>[\da-f]{16})-[\da-f]{2}(?<more>-.*)?$/

/**
 * The span of which a request is a part, as its `traceparent` header says (W3C Trace Context). `undefined`: it says nothing,
 * or nothing valid. Anybody may send one, so it gives ids and no more: whether a call is recorded is not up to its sender.
 */
export function traceContext(traceparent: string | null): SpanContext | undefined {
  const { version, traceId = '', spanId = '', more } = form.exec(traceparent ?? '')?.groups ?? {}
  // Later versions may say more; the first one may not.
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined
  const context = { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true }
  return isSpanContextValid(context) ? context : undefined
}
