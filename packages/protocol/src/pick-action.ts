import { actions } from './actions.ts'
import type { Action, App, Discovery, NetZone } from './discovery.ts'

/** What a host wants to do with a file. */
export interface Wish {
  /** In any case, with or without its dot. */
  readonly extension: string
  /** The name of an action: `view`, `edit`, `editnew`, `embedview` … */
  readonly wanted: string
  readonly canWrite: boolean
  /** What the host offers of what actions require: `locks`, `update`, `cobalt`, `containers`. */
  readonly offers: ReadonlySet<string>
  /** An empty file is filled from the client's template where the client has one. */
  readonly fileIsEmpty?: boolean | undefined
  /** Finds the action where the client lists media types instead of the extension. */
  readonly mediaType?: string | undefined
}

/** The action to open a file with. */
export interface PickedAction {
  readonly app: App
  readonly action: Action
  /** The user will not be able to change the file, because of what the user or the action may do. */
  readonly isReadOnly: boolean
}

/** The action of a client that comes closest to what is wanted. `undefined`: it has none for such a file. */
export function pickAction(discovery: Discovery, wish: Wish): PickedAction | undefined {
  const zones = [...discovery.zones].sort((a, b) => rank(a) - rank(b))
  for (const { name, isReadOnly } of ladder(wish)) {
    for (const { apps } of zones) {
      const found = best(apps, name, wish)
      if (found) return { ...found, isReadOnly }
    }
  }
  return undefined
}

const preferredZones = ['external-https', 'external-http', 'internal-https', 'internal-http']

function rank({ name }: NetZone): number {
  const at = preferredZones.indexOf(name.toLowerCase())
  return at < 0 ? preferredZones.length : at
}

interface Step {
  readonly name: string
  readonly isReadOnly: boolean
}

/** The names of actions to look for, the best one first. */
function ladder({ wanted, canWrite, fileIsEmpty = false }: Wish): readonly Step[] {
  const name = wanted.toLowerCase()
  if (name !== 'view' && name !== 'edit' && name !== 'editnew')
    return [{ name, isReadOnly: !(canWrite && writes(name)) }]
  const editing = name === 'editnew' || fileIsEmpty ? ['editnew', 'edit'] : ['edit']
  return name !== 'view' && canWrite
    ? [...editing.map((step) => ({ name: step, isReadOnly: false })), ...viewing]
    : viewing
}

// For many kinds of files Collabora lists `edit` alone, and goes by UserCanWrite.
const viewing: readonly Step[] = ['view', 'view_comment', 'edit', 'embedview'].map((name) => ({
  name,
  isReadOnly: true,
}))

const writingNames = new Set(
  Object.entries(actions)
    .filter(([, row]) => row.writes)
    .map(([name]) => name.toLowerCase()),
)
const writes = (name: string): boolean => writingNames.has(name)

type Candidate = Pick<PickedAction, 'app' | 'action'>

/** Of several actions that fit: by extension before media type, the client's default before others, then the first. */
function best(apps: readonly App[], name: string, { extension, mediaType, offers }: Wish): Candidate | undefined {
  const usable = apps.flatMap((app) =>
    app.actions
      .filter((action) => action.name.toLowerCase() === name && action.requires.every((need) => offers.has(need)))
      .map((action) => ({ app, action })),
  )
  const ext = extension.toLowerCase().replace(/^\./, '')
  const byExtension = ext === '' ? [] : usable.filter(({ action }) => action.ext === ext)
  const byMediaType = usable.filter(({ app, action }) => action.ext === '' && app.name.toLowerCase() === mediaType)
  const fitting = byExtension.length > 0 ? byExtension : byMediaType
  return fitting.find(({ action }) => action.default) ?? fitting[0]
}
