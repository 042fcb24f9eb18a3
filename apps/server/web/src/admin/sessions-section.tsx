import { Users } from 'lucide-react'
import { useSessions } from '../api/admin.ts'
import { fullDate, shortDate } from '../format.ts'
import { strings } from '../strings.ts'
import { EndButton } from './end-button.tsx'
import { Section, Table } from './section.tsx'

/** Who is signed in, and a way to sign somebody out. */
export const SessionsSection = () => (
  <Section title={strings.adminSessions} icon={Users} query={useSessions()}>
    {({ items, total }) => (
      <>
        <Table
          heads={[strings.name, strings.adminSince, strings.adminUsed, strings.actions]}
          none={strings.adminNoSessions}
          rows={items.map(({ id, name, begunAt, usedAt, isThis }) => ({
            key: id,
            cells: [
              name,
              <time key="since" dateTime={new Date(begunAt).toISOString()}>
                {fullDate(begunAt)}
              </time>,
              shortDate(usedAt),
              isThis ? (
                <span key="this" className="below">
                  {strings.adminThisSession}
                </span>
              ) : (
                <EndButton
                  key="end"
                  verb={strings.adminEndSession}
                  label={strings.adminEndSessionOf(name)}
                  title={strings.adminEndSessionTitle(name)}
                  text={strings.adminEndSessionText}
                  path={`/admin/sessions/${encodeURIComponent(id)}`}
                />
              ),
            ],
          }))}
        />
        {total > items.length && <p className="below">{strings.adminMoreSessions(total - items.length)}</p>}
      </>
    )}
  </Section>
)
