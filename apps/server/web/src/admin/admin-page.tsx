import { ShieldX } from 'lucide-react'
import { useSession } from '../api/session.ts'
import { Blank } from '../blank.tsx'
import { PageHead } from '../page-head.tsx'
import { strings } from '../strings.ts'
import { AuditSection } from './audit-section.tsx'
import { ClientsSection } from './clients-section.tsx'
import { LocksSection } from './locks-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { StorageSection } from './storage-section.tsx'

/** What owners look after. */
export const AdminPage = () => {
  const { data: session } = useSession()
  return (
    <main className="content">
      <PageHead title={strings.admin} />
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
