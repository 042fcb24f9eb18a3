import { type Discovery, pickAction } from '@openwopi/protocol'

/** Kinds of documents that people expect to be opened, the commonest first. */
export const usualExtensions = ['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'pdf', 'txt', 'md', 'csv'] as const

/** Which of the common documents a client edits, and which it only shows. */
export function actionsFor(discovery: Discovery): {
  readonly edits: readonly string[]
  readonly shows: readonly string[]
} {
  const picked = usualExtensions.map((extension) => ({
    extension,
    picked: pickAction(discovery, { extension, wanted: 'edit', canWrite: true, offers: new Set(['locks', 'update']) }),
  }))
  const named = (isReadOnly: boolean) =>
    picked.filter((one) => one.picked?.isReadOnly === isReadOnly).map(({ extension }) => extension)
  return { edits: named(false), shows: named(true) }
}
