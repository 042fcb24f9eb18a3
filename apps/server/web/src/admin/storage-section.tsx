import { HardDrive } from 'lucide-react'
import type { AdminStorage } from '../../../src/api.ts'
import { useStorage } from '../api/admin.ts'
import { failedSavesAddress, useFailedSaves } from '../api/failed-saves.ts'
import { shortDate, size } from '../format.ts'
import { followLink } from '../routing.ts'
import { strings } from '../strings.ts'
import { Section } from './section.tsx'

/** How much is stored, and what could not be. */
export const StorageSection = () => (
  <Section title={strings.adminStorage} icon={HardDrive} query={useStorage()}>
    {(storage) => (
      <>
        <dl className="amounts">
          {amountsOf(storage).map(([name, amount]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{amount}</dd>
            </div>
          ))}
        </dl>
        <FailedSaves />
        <p className="below">{strings.adminCountedAt(shortDate(storage.at))}</p>
      </>
    )}
  </Section>
)

function amountsOf({ answer: { folders, files, earlierVersions, trash, free } }: AdminStorage): [string, string][] {
  const amount = ({ count, bytes }: typeof files) => strings.adminAmount(count, size(bytes))
  return [
    [strings.adminFiles, amount(files)],
    [strings.adminVersions, amount(earlierVersions)],
    [strings.trash, amount(trash)],
    [strings.adminFolders, new Intl.NumberFormat().format(folders)],
    ...(free === undefined ? [] : [[strings.adminFree, size(free)] as [string, string]]),
  ]
}

const FailedSaves = () => {
  const { data } = useFailedSaves()
  const count = data?.items.length ?? 0
  if (count === 0) return <p>{strings.adminNoFailedSaves}</p>
  return (
    <p className="trouble">
      {strings.failedSavesNotice(count)}{' '}
      <a href={failedSavesAddress} onClick={followLink}>
        {strings.failedSaves}
      </a>
    </p>
  )
}
