import { onOrOff, size } from '../cli/config-values.ts'

/** Whether clients of cell storage are answered. */
export interface CellConfig {
  /** Absent: they are not. */
  readonly cells?: boolean
  /** Bytes that large bodies and files of these clients may take in memory at once. Absent: 512 MiB. */
  readonly cellsMemory?: number
}

/** The option that says so. */
export const cellOptions = {
  cells: {
    name: 'cells',
    value: 'on|off',
    says: 'Answers clients that read and write files cell by cell, as Office Web Apps 2013 does (SupportsCobalt).',
    check: onOrOff,
    default: 'off',
    isSwitch: true,
  },
  cellsMemory: {
    name: 'cells-memory',
    value: 'SIZE',
    says: 'How much memory large messages and files of these clients may take at once, such as 256M. Who finds none waits for half a minute, and is then told to come again (503).',
    check: size.exactOptional(),
    otherwise: '512M',
  },
} as const
