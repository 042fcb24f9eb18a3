import { LockKeyhole } from 'lucide-react'
import { useLocks } from '../api/admin.ts'
import { base } from '../api/base.ts'
import { shortDate } from '../format.ts'
import { followLink } from '../routing.ts'
import { strings } from '../strings.ts'
import { EndButton } from './end-button.tsx'
import { Section, Table } from './section.tsx'

/** Which documents are open to be changed, and a way to take one from whoever has left it so. */
export const LocksSection = () => (
  <Section title={strings.adminLocks} icon={LockKeyhole} query={useLocks()}>
    {({ items, hasMore }) => (
      <>
        <Table
          heads={[strings.adminDocument, strings.adminBy, strings.adminUntil, strings.actions]}
          none={strings.adminNoLocks}
          rows={items.map(({ fileId, name, folderId, by, until, client }) => ({
            key: fileId,
            cells: [
              <a
                key="file"
                href={`${base}/folder/${encodeURIComponent(folderId)}?file=${encodeURIComponent(fileId)}`}
                onClick={followLink}
              >
                {name}
              </a>,
              client === undefined ? by : strings.adminByIn(by, client),
              shortDate(until),
              <EndButton
                key="end"
                verb={strings.breakLock}
                label={strings.adminBreakLockOf(name)}
                title={strings.breakLockTitle(name)}
                text={strings.breakLockText(by)}
                path={`/files/${encodeURIComponent(fileId)}/lock`}
              />,
            ],
          }))}
        />
        {hasMore && <p className="below">{strings.adminMoreLocks(items.length)}</p>}
      </>
    )}
  </Section>
)
