import type {
  CheckContainerInfo,
  Input,
  OperationName,
  Output,
  operations,
  Parts,
  ResourceKind,
  Subject,
  Values,
} from '@openwopi/protocol'
import type { Activities, CommentActivity } from './activities.ts'
import type { Cells } from './cells.ts'
import type { ClientProfile } from './client-profiles.ts'
import type { Feature } from './features.ts'
import type { Links } from './links.ts'
import type {
  Access,
  Container,
  Containers,
  Describe,
  Grant,
  Locks,
  NativeNames,
  Proof,
  Storage,
  StoredFile,
  UserInfo,
} from './ports.ts'
import type { SecureStore } from './secure-store.ts'
import type { RestrictedLinks, Shares } from './sharing.ts'
import type { Signatures } from './signatures.ts'
import type { Streams } from './streams.ts'
import type { Uploads } from './uploads.ts'

/** Everything an operation can be bound to. An optional port that is missing is an operation that is not offered. */
export interface Ports {
  readonly storage: Storage
  readonly locks: Locks
  readonly access: Access
  readonly userInfo?: UserInfo
  readonly containers?: Containers
  readonly nativeNames?: NativeNames
  readonly shares?: Shares
  readonly activities?: Activities
  readonly restrictedLinks?: RestrictedLinks
  readonly secureStore?: SecureStore
  /** What files carry besides their contents. Like `uploads`, it takes this for clients to send files in pieces. */
  readonly streams?: Streams
  readonly uploads?: Uploads
  /** Another protocol, in which clients read and write files piece by piece. */
  readonly cells?: Cells
  /** Absent: what is asked for is hashed each time. */
  readonly signatures?: Signatures
  /** Pages of the host that CheckContainerInfo names. */
  readonly describeContainer: (container: Container, grant: Grant) => Partial<CheckContainerInfo>
  /** Whether several clients may have a file open together, each with a lock of its own. */
  readonly coauth: boolean
  /** What the host does without. */
  readonly without: ReadonlySet<Feature>
  readonly proof?: Proof
  readonly describe: Describe
  /** Whether a lock id that was sent means the one that is held. For editors that alter their ids between calls. */
  readonly sameLock: (held: string, sent: string) => boolean
  /** The most bytes a client may store in one file. */
  readonly maxFileSize: number
  /** How long a lock binds after it was taken or refreshed, in milliseconds. */
  readonly lockLifetime: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** What an operation lets observers know beyond its outcome. */
export interface Fact {
  /** Why the editor saved, as Collabora and ONLYOFFICE tell it. */
  readonly save?: Omit<Input<'putFile'>, 'content' | 'lock' | 'size' | 'timestamp'> & { readonly version: string }
  /** The file that took a save because its own had been changed from outside. */
  readonly conflictCopy?: StoredFile
  /** The file that the operation made or renamed. */
  readonly made?: StoredFile
  /** The container that the operation made, renamed or deleted. */
  readonly container?: Container
  /** The comments that the client told of. */
  readonly comments?: readonly CommentActivity[]
  /** What has become of the file's lock, where the operation does more than that. */
  readonly lock?: 'taken' | 'released'
  /** The save came after its lock had been released, and was taken all the same. */
  readonly afterUnlock?: boolean
}

/** What a call is about: a file, a container (which a folder is too), or nothing but its user's ecosystem. */
export interface Subjects {
  readonly file: { readonly file: StoredFile }
  readonly container: { readonly container: Container }
  readonly folder: { readonly container: Container }
  readonly ecosystem: Record<never, never>
}

/** What the host knows about a call besides what the client sent, whatever the call is about. */
export interface Circumstances {
  readonly grant: Grant
  readonly profile: ClientProfile
  /** The Supports… properties this host keeps, and those that deny an operation. */
  readonly promises: Readonly<Record<string, boolean>>
  /** Whether this host offers an operation. */
  readonly offers: (operation: OperationName) => boolean
  readonly links: Links
  /** Adds to what observers are told. */
  readonly note: (fact: Fact) => void
}

/** What the host knows about a call to an operation. */
export type Call<N extends OperationName> = Circumstances & (Subjects[Subject<N>] | Instead<N>)

type Instead<N extends OperationName> = (typeof operations)[N] extends { readonly alsoOn: readonly (infer K)[] }
  ? Subjects[K & ResourceKind]
  : never

/** What the host knows about a call that is about a file. */
export type FileCall = Circumstances & Subjects['file']

/** What the host knows about a call that is about a container. */
export type ContainerCall = Circumstances & Subjects['container']

export type Handler<N extends OperationName> = (input: Input<N>, call: Call<N>) => Promise<Output<N>>

/** Binds an operation to the ports it uses. `undefined`: this host does not offer it. */
export type Implementation<N extends OperationName> = (ports: Ports) => Handler<N> | undefined

/** A handler whose types are forgotten, for the pipeline, which treats all operations alike. */
export type AnyHandler = (input: Values<Parts>, call: Circumstances & object) => Promise<Values<Parts>>
