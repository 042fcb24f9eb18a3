import { ChevronRight, ShieldX } from 'lucide-react'
import { useEffect } from 'react'
import { useSession } from '../api/session.ts'
import { Blank } from '../blank.tsx'
import { followLink } from '../routing.ts'
import { strings } from '../strings.ts'
import { AuditSection } from './audit-section.tsx'
import { ClientsSection } from './clients-section.tsx'
import { LocksSection } from './locks-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { StorageSection } from './storage-section.tsx'

/** What owners look after. */
export const AdminPage = () => {
  const { data: session } = useSession()
  useEffect(() => {
    document.title = strings.pageTitle(strings.admin)
  }, [])
  return (
    <main className="content">
      <div className="bar">
        <nav className="breadcrumbs" aria-label={strings.breadcrumbs}>
          <a className="crumb" href="/" onClick={followLink}>
            {session?.folderName ?? strings.documents}
          </a>
          <ChevronRight className="between" size={16} aria-hidden="true" />
          <h1 aria-current="page">{strings.admin}</h1>
        </nav>
      </div>
      {session?.user?.isOwner ? (
        <div className="admin">
          <LocksSection />
          {session.canSignOut && <SessionsSection />}
          <ClientsSection />
          <StorageSection />
          <AuditSection />
        </div>
      ) : (
        <Blank icon={ShieldX} title={strings.adminNotYours} hint={strings.adminNotYoursHint} tone="trouble" />
      )}
    </main>
  )
}
