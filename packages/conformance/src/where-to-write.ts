import type { Target } from './target.ts'
import type { WorkplaceKind } from './workplace.ts'
import { isWritable, makesFiles, says, type World } from './world.ts'

/** Where checks write. */
export interface WhereToWrite {
  readonly kind: WorkplaceKind
  /** Why nothing is written. */
  readonly why?: string
  /** The content of the file, where the file itself is written to. */
  readonly original?: Uint8Array
}

const mostOriginal = 16 * 1024 * 1024

/** Decides where checks write, from what the host promises. Nothing is written yet. */
export async function whereToWrite(file: Target, info: World['info']): Promise<WhereToWrite> {
  if (makesFiles(info)) return { kind: says(info, 'SupportsDeleteFile') ? 'copies' : 'one-copy' }
  if (!isWritable(info)) return { kind: 'nowhere', why: 'the host says that this user may not change the file' }
  if (Number(info['Size']) > mostOriginal) return { kind: 'nowhere', why: 'the file is too large to be put back' }
  if (await isHeld(file)) return { kind: 'nowhere', why: 'somebody has locked the file' }
  const answer = await file.ask('getFile')
  if (answer.status !== 200) return { kind: 'nowhere', why: 'its content cannot be read, so it could not be put back' }
  return { kind: 'the-file', original: answer.bytes }
}

/** An Unlock with an id that nobody has says which one is held, and changes nothing. */
async function isHeld(file: Target): Promise<boolean> {
  const answer = await file.ask('unlock', { lock: 'openwopi-check-probe' })
  return answer.status === 409 && Boolean(answer.headers.get('X-WOPI-Lock'))
}

const plans: { readonly [K in WorkplaceKind]: readonly string[] } = {
  copies: ['Files named openwopi-check-… are made beside NAME, written to and deleted. NAME itself is only read.'],
  'one-copy': [
    'Files named openwopi-check-… are made beside NAME and written to. NAME itself is only read.',
    'The host does not promise DeleteFile, so these files stay behind.',
  ],
  'the-file': ['NAME itself is written to, as the host makes no files beside it. Its content is put back in the end.'],
  nowhere: ['Nothing is written: WHY.'],
}

const containers = 'Containers of such names are made beside it, and deleted with what checks put into them.'

/** What will be written, in sentences. */
export function planOf({ kind, why = '' }: WhereToWrite, info: World['info']): string[] {
  const more = kind === 'copies' && says(info, 'SupportsContainers') ? [containers] : []
  const name = String(info['BaseFileName'])
  return [...plans[kind], ...more].map((sentence) => sentence.replaceAll('NAME', name).replace('WHY', why))
}
