import { type Answer, jsonOf, wordsOf } from './answer.ts'
import { CannotRun } from './findings.ts'
import { createTarget, type Target, targetOf } from './target.ts'
import type { Wire } from './wire.ts'

/** Where checks write: on copies of their own, on one copy that stays behind, on the file itself, or nowhere. */
export type WorkplaceKind = 'copies' | 'one-copy' | 'the-file' | 'nowhere'

/** What a workplace is made of. */
export interface WorkplaceOptions {
  readonly kind: WorkplaceKind
  readonly wire: Wire
  readonly file: Target
  /** What names of new files end with: that of the file, which the host takes for sure. */
  readonly extension: string
  readonly hasLocks: boolean
  readonly newId: () => string
}

/** Gives checks files to write to, and takes them back. */
export interface Workplace {
  /** A host that does not delete what it promised to is left one copy. */
  readonly kind: WorkplaceKind
  /** A file with this content that nobody has locked. */
  open(content: Uint8Array | string): Promise<Target>
  /** A name that no other file has. */
  newName(extension?: string): string
  /** An address at the host that checks made up, with a token. */
  at(wopiSrc: string, token: string): Target
  /** Takes over a file that a check had the host make. */
  adopt(answer: Answer): Target
  /** A file with this content that stays as it is, and locked if need be, until the end. */
  openKept(content: Uint8Array | string): Promise<Target>
  /** Lets go of the locks of the last check, and of the files that were made for it. */
  tidy(): Promise<void>
  /** Puts the content of the file back, and deletes what is left. */
  close(): Promise<void>
  /** The names of files that the host has kept. */
  readonly leftBehind: readonly string[]
  /** Why the file does not have its content back. */
  readonly notRestored: string | undefined
}

/** A file that checks had the host make. */
interface MadeFile {
  readonly name: string
  /** As checks have come by it, each with its token and its locks. */
  readonly targets: Target[]
}

const bytesOf = (content: Uint8Array | string) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content

/** Makes a workplace. `original` is the content of the file, put back in the end if it was written to. */
export function createWorkplace(options: WorkplaceOptions, original: Uint8Array | undefined): Workplace {
  const { wire, file, extension, hasLocks, newId } = options
  const made = new Map<string, MadeFile>()
  const kept = new Set<string>()
  const leftBehind: string[] = []
  let { kind } = options
  let reused: Target | undefined
  let isWritten = false
  let notRestored: string | undefined

  const newName = (wanted = extension) => `openwopi-check-${newId()}${wanted}`

  async function copy(content: Uint8Array | string): Promise<Target> {
    const answer = await file.ask('putRelativeFile', { suggestedTarget: newName(), content: bytesOf(content) })
    if (answer.status !== 200) throw new CannotRun(`A file to write to cannot be made: ${wordsOf(answer)}.`)
    return adopt(answer)
  }

  function adopt(answer: Answer): Target {
    const { Name, Url } = jsonOf(answer) ?? {}
    const target = targetOf(wire, file, Url)
    if (target.wopiSrc === file.wopiSrc) return target
    const known = made.get(target.wopiSrc)
    if (known) known.targets.push(target)
    else made.set(target.wopiSrc, { name: String(Name ?? target.wopiSrc), targets: [target] })
    return target
  }

  async function write(target: Target, content: Uint8Array | string): Promise<Answer> {
    const lock = `openwopi-check-${newId()}`
    if (hasLocks) await target.ask('lock', { lock })
    const answer = await target.ask('putFile', { ...(hasLocks && { lock }), content: bytesOf(content) })
    if (hasLocks) await target.ask('unlock', { lock })
    return answer
  }

  async function reuse(content: Uint8Array | string): Promise<Target> {
    if (kind === 'the-file') {
      isWritten = true
      reused ??= createTarget(wire, file.wopiSrc, file.token)
    }
    const fresh = reused ? undefined : await copy(content)
    reused ??= fresh
    if (!reused) throw new CannotRun('There is no file to write to.')
    const answer = fresh ? undefined : await write(reused, content)
    if (answer && answer.status !== 200 && kind === 'one-copy') {
      reused = await copy(content)
      return reused
    }
    if (answer && answer.status !== 200) throw new CannotRun(`The file cannot be written to: ${wordsOf(answer)}.`)
    return reused
  }

  async function discard({ name, targets }: MadeFile): Promise<void> {
    for (const each of targets) await each.release()
    const [target] = targets
    if (!target) return
    if (target === reused) return
    if (kind === 'copies') await remove(target).catch(() => undefined)
    made.delete(target.wopiSrc)
    const found = await target.ask('checkFileInfo').catch(() => undefined)
    if (found?.status === 401 || found?.status === 404) return
    leftBehind.push(String((found && jsonOf(found)?.['BaseFileName']) ?? name))
    if (kind === 'copies') kind = 'one-copy'
  }

  /** A host that takes one lock id for another may hold the file with one that nobody sent. */
  async function remove(target: Target): Promise<void> {
    const answer = await target.ask('deleteFile')
    const lock = answer.status === 409 ? answer.headers.get('X-WOPI-Lock') : null
    if (!lock) return
    await target.ask('unlock', { lock })
    await target.ask('deleteFile')
  }

  async function restore(): Promise<void> {
    if (!isWritten || original === undefined) return
    const target = createTarget(wire, file.wopiSrc, file.token)
    const answer = await write(target, original).catch(() => undefined)
    await target.release()
    if (answer?.status !== 200) notRestored = answer ? wordsOf(answer) : 'the host did not answer'
  }

  return {
    get kind() {
      return kind
    },
    newName,
    adopt,
    at: (wopiSrc, token) => createTarget(wire, wopiSrc, token),
    async open(content) {
      if (kind === 'nowhere') throw new CannotRun('There is no file to write to.')
      return kind === 'copies' ? copy(content) : reuse(content)
    },
    async openKept(content) {
      if (kind !== 'copies') throw new CannotRun('There is no file that could be kept until the end.')
      const target = await copy(content)
      kept.add(target.wopiSrc)
      return target
    },
    async tidy() {
      await reused?.release()
      for (const [wopiSrc, file] of [...made]) if (!kept.has(wopiSrc)) await discard(file)
    },
    async close() {
      kept.clear()
      await this.tidy()
      reused = kind === 'the-file' ? reused : undefined
      await this.tidy()
      await restore()
    },
    leftBehind,
    get notRestored() {
      return notRestored
    },
  }
}
