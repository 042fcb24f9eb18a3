/**
 * Ways to break a server: which module is changed, what of it, and what for.
 *
 * @type {Readonly<Record<string, { readonly module: string, readonly from: string, readonly to: string }>>}
 */
export const breaks = {
  'a save that does not ask whether its lock is still held': {
    module: '/storage-sql/dist/publish.js',
    from: `.where('lock_revision', '=', lockedAt)`,
    to: '',
  },
  'a lock that is taken without asking whether somebody else was quicker': {
    module: '/storage-sql/dist/locks.js',
    from: `from === 'held' ? change.where('lock', '=', expected) : change.where('lock', 'is', null)`,
    to: 'change',
  },
  'a lock that ends by the clock of whichever server is asked': {
    module: '/server/dist/app.js',
    from: 'data.folder.now ?? Date.now',
    to: 'Date.now',
  },
  'a content that is read without asking whether it is still of that version': {
    module: '/storage-sql/dist/storage.js',
    from: 'entry.version !== file.version',
    to: 'false',
  },
}
