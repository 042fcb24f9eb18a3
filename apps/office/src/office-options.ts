import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Converter } from './converter/converter.ts'
import type { NodePorts } from './node-ports.ts'

export interface OfficeOptions {
  /** The address under which browsers and hosts reach this client, without a trailing slash. */
  readonly url: string
  /** Origins of the WOPI hosts whose documents it opens. It calls no other. */
  readonly hosts: readonly string[]
  /** Where proof keys and unsaved documents live. Made if it is not there. */
  readonly dataFolder: string
  /** What makes it one of several nodes. Absent: it is the only one, and everything lies in its folder. */
  readonly nodes?: NodePorts
  /** What turns documents into others. Whoever brings it closes it. Absent: none are. */
  readonly converter?: Converter
  /** How long after the last key stroke a document is saved, in milliseconds; default 2,000. */
  readonly autosaveAfter?: number
  readonly now?: () => number
  readonly observe?: (event: OfficeEvent) => void
}

/** Something worth a line in a log. It never holds a token or text of a document. */
export interface OfficeEvent {
  readonly what: string
  readonly wopiSrc?: string
  readonly cause?: unknown
}

/** The built-in WOPI client. */
export interface Office {
  readonly listener: (req: IncomingMessage, res: ServerResponse) => void
  /** Takes the web sockets of `server`. */
  attach(server: Server): void
  /** Signs with a new key from now on; the one before stays published beside it. */
  rotateKeys(): Promise<void>
  /** Saves every open document, unlocks it, and ends. */
  close(): Promise<void>
}
