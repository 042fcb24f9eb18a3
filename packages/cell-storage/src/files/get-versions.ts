import { failed, succeeded } from '../envelope/answer.ts'
import type { SubRequestHandler } from '../envelope/answer-envelope.ts'
import { type XmlElement, xmlElement } from '../envelope/xml-element.ts'
import type { CellVersion, CellVersions } from './cell-file.ts'
import { versionNumber } from './version-number.ts'

/** What the older request for versions is answered from. */
export interface GetVersionsScope {
  readonly versions: CellVersions
  /** A GUID that stays the same for where the file lies. */
  readonly listId: string
}

/** Answers what the file was, as older clients read it: beside the data, of which there are none. */
export const getVersions =
  ({ versions, listId }: GetVersionsScope): SubRequestHandler =>
  async (_, { request: { Url: url = '' } }) => {
    const listed = await versions.list()
    if (listed.length === 0) return failed('FileNotExistsOrCannotBeCreated')
    const results = xmlElement('results', {}, [
      xmlElement('list', { id: `{${listId.toUpperCase()}}` }),
      xmlElement('versioning', { enabled: '1' }),
      xmlElement('settings', { url: '' }),
      ...listed.map((version, index) => resultElement(version, { url, isCurrent: index === 0 })),
    ])
    return succeeded({
      beside: [xmlElement('GetVersionsResponse', {}, [xmlElement('GetVersionsResult', {}, [results])])],
    })
  }

interface Place {
  readonly url: string
  readonly isCurrent: boolean
}

function resultElement(version: CellVersion, { url, isCurrent }: Place): XmlElement {
  const { size, modifiedAt, by } = version
  const created = new Date(modifiedAt).toISOString()
  return xmlElement('result', {
    version: `${isCurrent ? '@' : ''}${versionNumber(version)}`,
    url,
    created,
    createdRaw: created.replace(/\.\d+Z$/, 'Z'),
    createdBy: by?.login ?? '',
    createdByName: by?.name,
    size: String(size),
    comments: '',
  })
}
