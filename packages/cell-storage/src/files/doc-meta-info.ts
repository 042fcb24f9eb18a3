import { failed, succeeded } from '../envelope/answer.ts'
import type { SubRequestHandler } from '../envelope/answer-envelope.ts'
import { instantOf1601 } from '../envelope/ticks.ts'
import { xmlElement } from '../envelope/xml-element.ts'
import type { CellContent, ContentState } from '../store/cell-content.ts'
import type { FileSaid } from './file-said.ts'

/** An instant, in milliseconds since 1970, as these properties have it: `TR|22 Nov 2026 08:00:00 -0000`. */
const timeValue = (instant: number) =>
  `TR|${new Date(instant)
    .toUTCString()
    .replace(/^\w+, /, '')
    .replace('GMT', '-0000')}`

/** What is told of a file, by the keys of FrontPage, with the type of each value before it. */
const propertiesOf = (
  { size, createdAt, modifiedAt, createdBy, modifiedBy }: ContentState,
  { contentChangeUnit, clientFileId }: FileSaid,
) => ({
  vti_timecreated: (createdAt ?? modifiedAt) === undefined ? undefined : timeValue(createdAt ?? modifiedAt ?? 0),
  vti_timelastmodified: modifiedAt === undefined ? undefined : timeValue(modifiedAt),
  vti_filesize: `IR|${size}`,
  vti_author: createdBy && `SR|${createdBy}`,
  vti_modifiedby: modifiedBy && `SR|${modifiedBy}`,
  vti_contentchangeunit: contentChangeUnit && `SR|${contentChangeUnit}`,
  vti_clientid: clientFileId && `SR|${clientFileId}`,
})

/** What is known of a file is answered from what it is, and from what clients have said of it. */
export interface DocMetaScope {
  readonly content: CellContent
  readonly said: () => Promise<FileSaid>
}

/** The state with the time at which the content was changed, if a client has said so. */
const asTold = (state: ContentState, { modified }: FileSaid): ContentState =>
  modified?.version === state.version ? { ...state, modifiedAt: instantOf1601(BigInt(modified.ticks)) } : state

/** Answers what is known of the file beside its content. Nothing is told of the folder that it is in. */
export const docMetaInfo =
  ({ content, said }: DocMetaScope): SubRequestHandler =>
  async () => {
    const state = await content.find()
    if (!state) return failed('FileNotExistsOrCannotBeCreated')
    const told = await said()
    const properties = Object.entries(propertiesOf(asTold(state, told), told)).filter(([, value]) => value)
    return succeeded({
      children: [
        xmlElement(
          'DocProps',
          {},
          properties.map(([Key, Value]) => xmlElement('Property', { Key, Value })),
        ),
        xmlElement('FolderProps'),
      ],
    })
  }
