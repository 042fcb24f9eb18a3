import { ChevronRight, ServerCrash } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { messageOf } from './api/request.ts'
import { useSession } from './api/session.ts'
import { Blank } from './blank.tsx'
import { followLink } from './routing.ts'
import { strings } from './strings.ts'

/** The bar of a page beside the folders: what it is called, the way back, and what can be done on it. */
export const PageHead = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => {
  const { data: session } = useSession()
  useEffect(() => {
    document.title = strings.pageTitle(title)
  }, [title])
  return (
    <div className="bar">
      <nav className="breadcrumbs" aria-label={strings.breadcrumbs}>
        <a className="crumb" href="/" onClick={followLink}>
          {session?.folderName ?? strings.documents}
        </a>
        <ChevronRight className="between" size={16} aria-hidden="true" />
        <h1 aria-current="page">{title}</h1>
      </nav>
      {children}
    </div>
  )
}

interface NotLoadedProps {
  readonly title: string
  readonly error: unknown
  readonly onRetry: () => unknown
}

/** That a page could not be had, why, and a way to ask again. */
export const NotLoaded = ({ title, error, onRetry }: NotLoadedProps) => (
  <Blank icon={ServerCrash} title={title} hint={messageOf(error)} tone="trouble">
    <button type="button" className="button primary" onClick={() => void onRetry()}>
      {strings.tryAgain}
    </button>
  </Blank>
)
