import { useQueryClient } from '@tanstack/react-query'
import { CloudOff, SlidersHorizontal } from 'lucide-react'
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import type { Session } from '../../src/api.ts'
import { iconAddress } from './api/addresses.ts'
import { adminAddress } from './api/admin.ts'
import { connection } from './api/connection.ts'
import { followEvents } from './api/events.ts'
import { useSession } from './api/session.ts'
import { FailedSavesNotice } from './failed-saves/failed-saves-notice.tsx'
import { FailedSavesPage } from './failed-saves/failed-saves-page.tsx'
import { FolderPage } from './folder/folder-page.tsx'
import { NotLoaded } from './page-head.tsx'
import { followLink, type Route, useRoute } from './routing.ts'
import { SearchField } from './search/search-field.tsx'
import { SearchPage } from './search/search-page.tsx'
import { useSettled } from './search/use-settled.ts'
import { Account } from './session/account.tsx'
import { Mentions } from './session/mentions.tsx'
import { SignInPage } from './session/sign-in-page.tsx'
import { useShell } from './shell.ts'
import { strings } from './strings.ts'
import { ToastList } from './toast/toast-list.tsx'
import { TrashPage } from './trash/trash-page.tsx'
import { UploadsPanel } from './uploads/uploads-panel.tsx'

/** The file browser: signed in or not, and whatever the address asks for. */
export const App = () => {
  const { data: session, error, refetch } = useSession()
  const route = useRoute()
  const next = route.page === 'sign-in' ? route.next : undefined
  const isIn = session?.user !== undefined
  useEffect(() => {
    // What comes after may be a page of the server's own, such as an editor.
    if (isIn && next !== undefined) location.replace(next)
  }, [isIn, next])
  if (error && !session) return <NotLoaded title={strings.folderFailed} error={error} onRetry={refetch} />
  if (!session || (isIn && next !== undefined)) return null
  return isIn ? <Browser session={session} route={route} /> : <SignInPage />
}

// Few come here: everybody else need not load it.
const AdminPage = lazy(async () => ({ default: (await import('./admin/admin-page.tsx')).AdminPage }))

// An empty query asks for nothing; a fast typist asks once.
const searchDelay = 150

const Browser = ({ session, route }: { readonly session: Session; readonly route: Route }) => {
  const [typed, setTyped] = useState({ text: '', at: route })
  // In another folder, what was searched for is no longer of interest.
  const text = typed.at === route ? typed.text : ''
  const settled = useSettled(text.trim(), searchDelay)
  const client = useQueryClient()
  const { uploads } = useShell()
  useEffect(() => followEvents(client, uploads.onReturn), [client, uploads])
  useUndoKey()
  return (
    <div className="page">
      <header className="top">
        <a className="home" href="/" onClick={followLink} aria-label={session.folderName}>
          <img src={iconAddress} alt="" width="28" height="28" />
          <span className="wide-only">{session.folderName}</span>
        </a>
        <SearchField text={text} onText={(next) => setTyped({ text: next, at: route })} />
        <div className="who">
          {session.hasActivities && <Mentions />}
          {session.user?.isOwner && <ToAdmin />}
          <Account session={session} />
        </div>
      </header>
      <Notices route={route} />
      {settled === '' ? <RoutePage route={route} /> : <SearchPage text={settled} />}
      <div className="corner">
        <ToastList />
        <UploadsPanel />
      </div>
    </div>
  )
}

const RoutePage = ({ route }: { readonly route: Route }) => {
  if (route.page === 'folder') return <FolderPage {...route} />
  if (route.page === 'admin')
    return (
      <Suspense>
        <AdminPage />
      </Suspense>
    )
  return route.page === 'failed-saves' ? <FailedSavesPage /> : <TrashPage />
}

const ToAdmin = () => (
  <a
    className="button quiet icon"
    href={adminAddress}
    onClick={followLink}
    aria-label={strings.admin}
    title={strings.admin}
  >
    <SlidersHorizontal size={18} aria-hidden="true" />
  </a>
)

const Notices = ({ route }: { readonly route: Route }) => {
  const isLost = useSyncExternalStore(connection.subscribe, connection.isLost)
  return (
    <div role="status">
      {isLost && (
        <p className="notice">
          <CloudOff size={16} aria-hidden="true" />
          {strings.connectionLost}
        </p>
      )}
      {route.page !== 'failed-saves' && <FailedSavesNotice />}
    </div>
  )
}

/** Ctrl+Z takes back what the newest message says has been done. */
const useUndoKey = (): void => {
  const { toasts } = useShell()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isUndo = event.key === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey
      if (isUndo && !(event.target instanceof HTMLInputElement) && toasts.undo()) event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [toasts])
}
