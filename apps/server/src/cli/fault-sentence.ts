import type { Fault } from '@openwopi/storage-sql'

/** What is wrong, and what has become of it, in a sentence or two for a person. */
export function faultSentence(fault: Fault): string {
  const { what, repair } = fault
  const remedy =
    repair === 'done' ? remedies[what].done : repair === 'possible' ? remedies[what].possible : remedies[what].none
  return `${subjectOf(fault)} ${says[what]}. ${remedy}`
}

function subjectOf({ path, fileId, version, isPresent, blob }: Fault): string {
  if (path === undefined) return `Content ${blob ?? ''}`
  const name = path === '' ? `File ${fileId ?? ''}` : path
  return version === undefined ? name : `${name}, ${isPresent ? 'its present content' : `version ${version}`},`
}

const says: Readonly<Record<Fault['what'], string>> = {
  'content missing': 'is not in the blob store',
  'content damaged': 'is not what was saved',
  'stream missing': 'has lost something that a client keeps beside its content',
  'upload broken': 'has lost a part of an upload that is under way',
  'content not guarded': 'is in use, and would be swept away one day',
  'content forgotten': 'counts as used, and nothing refers to it',
  'history differs': 'says something else of its content than its history does',
  'out of reach': 'lies in a folder that is not there',
  'cells damaged': 'has cells that cannot be read',
}

interface Remedy {
  readonly done: string
  readonly possible: string
  readonly none: string
}

const remedy = (done: string, possible: string, none = 'Nothing can be done about it.'): Remedy => ({
  done,
  possible,
  none,
})

const again = remedy(
  'It has been restored from an equal content.',
  'An equal content is kept: --repair restores it.',
  'No equal content is kept: bring the blob back from a backup, or go back to another version of the file.',
)

const remedies: Readonly<Record<Fault['what'], Remedy>> = {
  'content missing': again,
  'content damaged': again,
  'stream missing': remedy('', '', 'The client makes it again at the next save.'),
  'upload broken': remedy('', '', 'The upload will fail, and is to be made again.'),
  'content not guarded': remedy('It is guarded now.', '--repair guards it.'),
  'content forgotten': remedy('It will be swept.', '--repair lets go of it.'),
  'history differs': remedy(
    'It follows its history now.',
    '--repair makes it follow its history.',
    'It has no history.',
  ),
  'cells damaged': remedy(
    'They are forgotten: they are made anew from the file.',
    '--repair forgets them: they are made anew from the file.',
  ),
  'out of reach': remedy('It lies in the uppermost folder now.', '--repair puts it into the uppermost folder.'),
}
