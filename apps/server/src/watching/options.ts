import { duration, endpoint, listeningAt } from '../cli/config-values.ts'

/** Who may watch the server at work. */
export interface WatchConfig {
  /** Where metrics are to be had. Absent: nothing is measured. */
  readonly metrics?: ListeningAt
  /** Address that takes traces in OTLP over HTTP. Absent: none are made. */
  readonly traces?: string
  /** Milliseconds for which a server that stops goes on as it was, until nobody sends it new work. Absent: none. */
  readonly drainDelay?: number
  /** Milliseconds that requests under way then get to end. Absent: 50 seconds, less than most that stop a server wait. */
  readonly drainLimit?: number
}

/** How long saves under way get to end where nobody says anything else, in milliseconds. */
export const usualDrainLimit = 50_000

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
  drainLimit: {
    name: 'drain-limit',
    value: 'TIME',
    says: 'How long saves and downloads under way may then take to end, before they are cut off.',
    check: duration.exactOptional(),
    otherwise: '50s',
  },
} as const
