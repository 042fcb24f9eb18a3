import { Check, CircleAlert, Pause, Play, X } from 'lucide-react'
import { size } from '../format.ts'
import { KindIcon } from '../kinds.tsx'
import { useShell } from '../shell.ts'
import { strings } from '../strings.ts'
import type { Upload } from './upload.ts'

/** One upload: how far it is, and what can be done about it. */
export const UploadRow = ({ upload }: { readonly upload: Upload }) => {
  const { name, file, sent, state } = upload
  const isMoving = state.is === 'running' || state.is === 'paused' || state.is === 'offline'
  return (
    <li className={`upload ${state.is}`}>
      <KindIcon item={{ kind: 'file', name }} />
      <div className="upload-text">
        <span className="upload-name" title={name}>
          {name}
        </span>
        <span className="below">{describe(upload)}</span>
        {isMoving && <progress aria-label={name} value={sent} max={Math.max(file.size, 1)} />}
        {state.is === 'taken' && <Taken upload={upload} />}
      </div>
      <Buttons upload={upload} />
    </li>
  )
}

const describe = ({ state, sent, file }: Upload): string => {
  switch (state.is) {
    case 'waiting':
      return strings.uploadWaiting
    case 'running':
      return strings.uploadProgress(size(sent), size(file.size))
    case 'paused':
      return `${strings.uploadPaused} · ${strings.uploadProgress(size(sent), size(file.size))}`
    case 'offline':
      return strings.uploadOffline
    case 'done':
      return strings.uploadDone
    case 'taken':
      return strings.nameTaken
    case 'failed':
      return state.message
  }
}

const Taken = ({ upload }: { readonly upload: Upload }) => {
  const { uploads } = useShell()
  const { id, state } = upload
  const suggestion = state.is === 'taken' ? state.suggestion : undefined
  const keepBoth = () => uploads.resume(id, suggestion === undefined ? {} : { name: suggestion })
  return (
    <span className="choices">
      <button type="button" className="button small" onClick={keepBoth}>
        {strings.keepBoth}
      </button>
      <button type="button" className="button small" onClick={() => uploads.resume(id, { overwrite: true })}>
        {strings.replace}
      </button>
      <button type="button" className="button small" onClick={() => uploads.cancel(id)}>
        {strings.skip}
      </button>
    </span>
  )
}

const Buttons = ({ upload: { id, name, state } }: { readonly upload: Upload }) => {
  const { uploads } = useShell()
  if (state.is === 'done') return <Check className="good" size={18} aria-hidden="true" />
  const canGoOn = state.is === 'paused' || state.is === 'offline' || (state.is === 'failed' && state.canRetry)
  return (
    <>
      {state.is === 'failed' && !state.canRetry && <CircleAlert className="bad" size={18} aria-hidden="true" />}
      {state.is === 'running' && (
        <button
          type="button"
          className="button icon"
          aria-label={strings.pause(name)}
          onClick={() => uploads.pause(id)}
        >
          <Pause size={16} aria-hidden="true" />
        </button>
      )}
      {canGoOn && (
        <button
          type="button"
          className="button icon"
          aria-label={strings.resume(name)}
          onClick={() => uploads.resume(id)}
        >
          <Play size={16} aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        className="button icon"
        aria-label={strings.cancelUpload(name)}
        onClick={() => uploads.cancel(id)}
      >
        <X size={16} aria-hidden="true" />
      </button>
    </>
  )
}
