import { Download, ScrollText } from 'lucide-react'
import { useState } from 'react'
import type { AuditLog } from '../../../src/api.ts'
import { auditExportAddress, useAudit } from '../api/admin.ts'
import { fullDate } from '../format.ts'
import { strings } from '../strings.ts'
import { Section, Table } from './section.tsx'

const step = 25
/** The API gives no more at once: for the rest there is the export. */
const most = 500

/** Who did what, the latest first. */
export const AuditSection = () => {
  const [limit, setLimit] = useState(step)
  return (
    <Section title={strings.adminAudit} icon={ScrollText} query={useAudit(limit)} action={<Export />}>
      {({ entries, before }) => (
        <>
          <Table
            heads={[strings.adminWhen, strings.adminWho, strings.adminWhat]}
            none={strings.adminNoAudit}
            rows={entries.map((entry) => ({
              key: String(entry.number),
              cells: [fullDate(entry.at), entry.by.name, deedOf(entry)],
            }))}
          />
          {before !== undefined && limit < most && (
            <button type="button" className="button" onClick={() => setLimit(Math.min(most, limit * 2))}>
              {strings.adminMore}
            </button>
          )}
        </>
      )}
    </Section>
  )
}

/** What was done, to what, and what else there is to say of it. */
const deedOf = ({ what, to, details }: AuditLog['entries'][number]): string =>
  [what, to?.name ?? to?.id, details].filter((part) => part !== undefined).join(' · ')

const Export = () => (
  <a className="button small" href={auditExportAddress} download>
    <Download size={15} aria-hidden="true" />
    {strings.adminExport}
  </a>
)
