import { onOrOff } from '../cli/config-values.ts'

/** Whether clients of cell storage are answered. */
export interface CellConfig {
  /** Absent: they are not. */
  readonly cells?: boolean
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
} as const
