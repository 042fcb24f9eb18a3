import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** What stands where a list would be. */
export interface BlankProps {
  readonly icon: LucideIcon
  readonly title: string
  readonly hint?: string
  readonly tone?: 'trouble'
  /** What can be done about it. */
  readonly children?: ReactNode
}

/** Says that there is nothing to show, why, and what to do. */
export const Blank = ({ icon: Icon, title, hint, tone, children }: BlankProps) => (
  <div className="blank" role={tone === 'trouble' ? 'alert' : 'status'}>
    <Icon size={44} strokeWidth={1.25} aria-hidden="true" />
    <h2>{title}</h2>
    {hint !== undefined && <p>{hint}</p>}
    {children}
  </div>
)
