import type { ActivityItem } from '../../../src/api.ts'
import { useFile } from '../api/listing.ts'
import { messageOf } from '../api/request.ts'
import { useActivities } from '../api/sharing.ts'
import { fullDate } from '../format.ts'
import { strings } from '../strings.ts'
import { whatWasDone } from '../what-was-done.ts'
import { Modal } from './modal.tsx'

/** Shows what editors have told of a document: who commented, when, and what. */
export const ActivityDialog = ({ fileId, onClose }: { readonly fileId: string; readonly onClose: () => void }) => {
  const { data: file } = useFile(fileId)
  const { data, error, refetch } = useActivities(fileId)
  return (
    <Modal title={file ? strings.activityOf(file.name) : strings.activity} isWide onClose={onClose}>
      {error && (
        <div role="alert">
          <p className="trouble">{`${strings.activityFailed}. ${messageOf(error)}`}</p>
          <button type="button" className="button" onClick={() => void refetch()}>
            {strings.tryAgain}
          </button>
        </div>
      )}
      {!error && !data && <p role="status">{strings.loading}</p>}
      {data?.items.length === 0 && <p className="hint">{strings.noActivity}</p>}
      {data && (
        <ol className="activities">
          {data.items.map((item) => (
            <li key={item.number} className="activity">
              <Activity item={item} />
            </li>
          ))}
        </ol>
      )}
    </Modal>
  )
}

const Activity = ({ item }: { readonly item: ActivityItem }) => (
  <>
    <p>
      <strong>{whatWasDone(item)}</strong>{' '}
      <time className="below" dateTime={new Date(item.at).toISOString()}>
        {fullDate(item.at)}
      </time>
    </p>
    {item.text !== undefined && item.text !== '' && <blockquote>{item.text}</blockquote>}
    {item.mentions.length > 0 && <p className="below">{strings.mentionsWhom(item.mentions)}</p>}
  </>
)
