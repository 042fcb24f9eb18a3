import { cellFaults, faultCodes, protocolFaults, resultFaults } from './fault-codes.ts'

/** The classes of faults. */
export type FaultKind = 'cell' | 'protocol' | 'win32' | 'hresult'

/** A fault as it stands in a message. */
export interface Fault {
  readonly kind: FaultKind
  /** What it is called is in `cellFaults`, `protocolFaults` and `resultFaults`. */
  readonly code: number
  /** In words. */
  readonly text?: string
  /** What led to it. */
  readonly cause?: Fault
}

/** Something that a message of cell storage has a number for. */
export class CellFault extends Error {
  override readonly name = 'CellFault'
  readonly fault: Fault

  constructor(fault: Fault, options?: ErrorOptions) {
    super(faultText(fault), options)
    this.fault = fault
  }
}

/** A fault in one line: `cell fault 12 (CoherencyFailure)`. */
export function faultText({ kind, code, text }: Fault): string {
  const named = Object.entries<number>(faultCodes[kind]).find(([, number]) => number === code)
  const number = kind === 'hresult' ? `0x${code.toString(16).padStart(8, '0')}` : code
  return `${kind} fault ${number}${named ? ` (${named[0]})` : ''}${text ? `: ${text}` : ''}`
}

/** A fault of the store, to be thrown. */
export const cellFault = (name: keyof typeof cellFaults, text?: string): CellFault =>
  new CellFault({ kind: 'cell', code: cellFaults[name], ...(text && { text }) })

/** A fault in the bytes of a message, to be thrown. */
export const protocolFault = (name: keyof typeof protocolFaults, text?: string): CellFault =>
  new CellFault({ kind: 'protocol', code: protocolFaults[name], ...(text && { text }) })

/** A fault that Windows has a number for, to be thrown. */
export const resultFault = (name: keyof typeof resultFaults, text?: string): CellFault =>
  new CellFault({ kind: 'hresult', code: resultFaults[name], ...(text && { text }) })
