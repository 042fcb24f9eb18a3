import { createContext, useContext } from 'react'
import type { Toasts } from './toast/toasts.ts'
import type { Uploads } from './uploads/uploads.ts'

/** What every part of the app may use. */
export interface Shell {
  readonly toasts: Toasts
  readonly uploads: Uploads
}

/** Where the parts of the app find its shell. */
export const ShellContext = createContext<Shell | undefined>(undefined)

/** The shell of the app. Throws outside of it. */
export const useShell = (): Shell => {
  const shell = useContext(ShellContext)
  if (!shell) throw new Error('There is no shell around this component.')
  return shell
}
