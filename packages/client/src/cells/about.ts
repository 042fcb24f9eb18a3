import type { CellWire } from './cell-wire.ts'
import { allNamed, type XmlElement } from './envelope/xml-element.ts'
import { type CellLockType, lockTypeOf } from './locks/lock-terms.ts'
import { type CellResult, resultOf } from './refusal.ts'
import { dateOfTicks } from './ticks.ts'

/** Who the host takes the caller for. */
export interface CellIdentity {
  readonly login: string
  readonly name?: string
  readonly email?: string
  readonly sipAddress?: string
  readonly isAnonymous: boolean
}

/** A version of the file, as the host lists it. */
export interface CellVersion {
  readonly version: string
  readonly isCurrent: boolean
  /** As the host writes it. */
  readonly created: string
  readonly createdBy: string
  /** Bytes. */
  readonly size: number
  readonly comments: string
  readonly url: string
}

/** What can be asked about a file beside its cells. */
export interface About {
  whoAmI(): Promise<CellResult<CellIdentity>>
  /** Milliseconds since the epoch, by the host's clock. */
  serverTime(): Promise<CellResult<{ readonly now: number }>>
  /** Whether nobody else works on the file; `transitionId` is what joining gave. */
  amIAlone(transitionId: string): Promise<CellResult<{ readonly isAlone: boolean }>>
  lockStatus(): Promise<CellResult<{ readonly lockType: CellLockType; readonly lockId?: string; readonly by?: string }>>
  /** Facts about the document and its folder, by their keys, with their types before them: `IR|20`. */
  docMetaInfo(): Promise<CellResult<{ readonly document: MetaInfo; readonly folder: MetaInfo }>>
  versions(): Promise<CellResult<{ readonly versions: readonly CellVersion[] }>>
  /** The ids of what the host tells beside the content. */
  propertyIds(): Promise<CellResult<{ readonly ids: readonly string[] }>>
  /** Gives the file another name, extension and all. `exclusiveLockId`: the lock that this client holds. */
  rename(name: string, exclusiveLockId?: string): Promise<CellResult>
}

/** Facts by their keys. */
export type MetaInfo = ReadonlyMap<string, string>

/** Questions over a wire. */
export const createAbout = ({ ask }: CellWire): About => ({
  whoAmI: async () => resultOf(await ask('WhoAmI'), ({ attributes }) => identityOf(attributes)),
  serverTime: async () =>
    resultOf(await ask('ServerTime'), ({ attributes }) => ({
      now: dateOfTicks(attributes['ServerTime'] ?? '') ?? Number.NaN,
    })),
  amIAlone: async (transitionId) =>
    resultOf(await ask('AmIAlone', { TransitionID: transitionId }), ({ attributes }) => ({
      isAlone: isTrue(attributes['AmIAlone']),
    })),
  lockStatus: async () =>
    resultOf(await ask('LockStatus'), ({ attributes: { LockType: type, LockID: lockId, LockedBy: by } }) => ({
      lockType: lockTypeOf(type),
      ...(lockId && { lockId }),
      ...(by && { by }),
    })),
  docMetaInfo: async () =>
    resultOf(await ask('GetDocMetaInfo'), ({ elements }) => ({
      document: metaInfoOf(elements, 'DocProps'),
      folder: metaInfoOf(elements, 'FolderProps'),
    })),
  versions: async () =>
    resultOf(await ask('GetVersions'), ({ elements }) => ({
      versions: allNamed(elements, 'result').map(versionOf),
    })),
  propertyIds: async () =>
    resultOf(await ask('Properties', { Properties: 'PropertyEnumerate' }), ({ elements }) => ({
      ids: allNamed(elements, 'PropertyId').flatMap(({ attributes }) => attributes['id'] ?? []),
    })),
  rename: async (name, exclusiveLockId) =>
    resultOf(
      await ask('FileOperation', {
        FileOperation: 'Rename',
        NewFileName: name,
        ...(exclusiveLockId !== undefined && { ExclusiveLockID: exclusiveLockId }),
      }),
      () => ({}),
    ),
})

const isTrue = (said: string | undefined): boolean => said?.toLowerCase() === 'true'

function identityOf(attributes: Readonly<Record<string, string>>): CellIdentity {
  const { UserLogin, UserName: name, UserEmailAddress: email, UserSIPAddress: sipAddress } = attributes
  return {
    login: UserLogin ?? '',
    ...(name && { name }),
    ...(email && { email }),
    ...(sipAddress && { sipAddress }),
    isAnonymous: isTrue(attributes['UserIsAnonymous']),
  }
}

const metaInfoOf = (elements: readonly XmlElement[], of: string): MetaInfo =>
  new Map(
    allNamed(allNamed(elements, of), 'Property').map(({ attributes: { Key: key = '', Value: value = '' } }) => [
      key,
      value,
    ]),
  )

/** The current version is marked by an at sign. */
function versionOf({ attributes }: XmlElement): CellVersion {
  const { version = '', created = '', createdBy = '', createdByName, size = '0', comments = '', url = '' } = attributes
  return {
    version: version.replace(/^@/, ''),
    isCurrent: version.startsWith('@'),
    created,
    createdBy: createdByName ?? createdBy,
    size: Number(size),
    comments,
    url,
  }
}
