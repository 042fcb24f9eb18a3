import { useQueryClient } from '@tanstack/react-query'
import { Download, RotateCcw } from 'lucide-react'
import type { FileItem, VersionList } from '../../../src/api.ts'
import { versionAddress } from '../api/addresses.ts'
import { replaceItem } from '../api/cache.ts'
import { useFile, useVersions } from '../api/listing.ts'
import { messageOf, request } from '../api/request.ts'
import { fullDate, size } from '../format.ts'
import { useShell } from '../shell.ts'
import { strings } from '../strings.ts'
import { Modal } from './modal.tsx'

type Version = VersionList['versions'][number]

/** Shows what a file was, and brings it back. */
export const VersionsDialog = ({ fileId, onClose }: { readonly fileId: string; readonly onClose: () => void }) => {
  const file = useFile(fileId)
  const versions = useVersions(fileId)
  const error = file.error ?? versions.error
  return (
    <Modal title={file.data ? strings.versionsOf(file.data.name) : strings.versions} isWide onClose={onClose}>
      {error && (
        <div role="alert">
          <p className="trouble">{`${strings.versionsFailed}. ${messageOf(error)}`}</p>
          <button
            type="button"
            className="button"
            onClick={() => void Promise.all([file.refetch(), versions.refetch()])}
          >
            {strings.tryAgain}
          </button>
        </div>
      )}
      {!error && !(file.data && versions.data) && <p role="status">{strings.loading}</p>}
      {file.data && versions.data && <Versions file={file.data} versions={versions.data.versions} />}
    </Modal>
  )
}

const Versions = ({ file, versions }: { readonly file: FileItem; readonly versions: readonly Version[] }) => {
  const restore = useRestore(file)
  return (
    <>
      <ol className="versions">
        {versions.map((version) => (
          <li key={version.version} className="version">
            <div className="version-text">
              <time dateTime={new Date(version.modifiedAt).toISOString()}>{fullDate(version.modifiedAt)}</time>
              <p className="below">{describe(version).join(' · ')}</p>
            </div>
            {version.isCurrent && <span className="badge calm">{strings.currentVersion}</span>}
            <VersionButtons file={file} version={version} onRestore={restore} />
          </li>
        ))}
      </ol>
      {versions.length < 2 && <p className="hint">{strings.onlyVersion}</p>}
    </>
  )
}

const describe = (version: Version): readonly string[] => [
  version.by === undefined ? strings.versionOutside : strings.versionBy(version.by),
  size(version.size),
  ...(version.isAutosave ? [strings.autosave] : []),
]

interface ButtonsProps {
  readonly file: FileItem
  readonly version: Version
  readonly onRestore: (version: Version) => Promise<void>
}

const VersionButtons = ({ file, version, onRestore }: ButtonsProps) => {
  const date = fullDate(version.modifiedAt)
  return (
    <>
      <a
        className="button icon"
        href={versionAddress(file.id, version.version)}
        aria-label={strings.downloadThis(date)}
        title={strings.download}
      >
        <Download size={17} aria-hidden="true" />
      </a>
      {!version.isCurrent && file.can.write && (
        <button
          type="button"
          className="button"
          aria-label={strings.restoreThis(date)}
          onClick={() => void onRestore(version)}
        >
          <RotateCcw size={15} aria-hidden="true" />
          {strings.restoreVersion}
        </button>
      )}
    </>
  )
}

const useRestore = (file: FileItem) => {
  const client = useQueryClient()
  const { toasts } = useShell()
  return async ({ version, modifiedAt }: Version): Promise<void> => {
    const path = `/files/${encodeURIComponent(file.id)}/versions/${encodeURIComponent(version)}/restore`
    try {
      const restored = await request<FileItem>(path, { method: 'POST' })
      replaceItem(client, file.id, () => restored)
      toasts.show({ text: strings.versionRestored(fullDate(modifiedAt)), tone: 'done' })
      await client.invalidateQueries({ queryKey: ['versions', file.id] })
    } catch (error) {
      toasts.show({ text: messageOf(error), tone: 'trouble' })
    }
  }
}
