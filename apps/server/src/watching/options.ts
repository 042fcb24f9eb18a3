import { duration, endpoint, listeningAt } from '../cli/config-values.ts'

/** Who may watch the server at work. */
export interface WatchConfig {
  /** Where metrics are to be had. Absent: nothing is measured. */
  readonly metrics?: ListeningAt
  /** Address that takes traces in OTLP over HTTP. Absent: none are made. */
  readonly traces?: string
  /** Milliseconds for which a server that stops goes on as it was, until nobody sends it new work. Absent: none. */
  readonly drainDelay?: number
}

/** A place to listen. */
export interface ListeningAt {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
}

/** The options that say so. */
export const watchOptions = {
  metrics: {
    name: 'metrics',
    value: '[ADDRESS:]PORT',
    says: 'Where Prometheus may read metrics, at /metrics; a port of its own, on this machine unless an address is named.',
    check: listeningAt.exactOptional(),
    otherwise: 'nowhere; nothing is measured',
  },
  traces: {
    name: 'traces',
    value: 'URL',
    says: 'An OpenTelemetry collector that takes traces by OTLP over HTTP, as http://127.0.0.1:4318/v1/traces.',
    check: endpoint.exactOptional(),
    otherwise: 'none are made',
  },
  drainDelay: {
    name: 'drain-delay',
    value: 'TIME',
    says: 'How long, once told to stop, it goes on as before while /readyz says 503, so that a balancer sends it no more.',
    check: duration.exactOptional(),
    otherwise: 'not at all',
  },
} as const
