const count = (number: number, one: string, many: string): string =>
  `${new Intl.NumberFormat().format(number)} ${number === 1 ? one : many}`

const quoted = (name: string): string => `“${name}”`

/** Everything the pages say, in one place so that it can be said in another language. */
export const strings = {
  documents: 'Documents',
  pageTitle: (name: string) => `${name} – Documents`,

  signIn: 'Sign in',
  signInTitle: 'Sign in to your documents',
  signOut: 'Sign out',
  userName: 'Name',
  password: 'Password',
  signedInAs: (name: string) => `Signed in as ${name}`,
  account: (name: string) => `Account of ${name}`,

  noConnection: 'The server cannot be reached. Check the connection and try again.',
  connectionLost: 'No connection to the server. This page goes on by itself as soon as it is back.',
  unexplained: 'The server had a problem and did not say which. Try again; if it stays, look at the server’s log.',
  tryAgain: 'Try again',
  loading: 'Loading…',
  dismiss: 'Dismiss',
  close: 'Close',
  cancel: 'Cancel',

  breadcrumbs: 'Folders above',
  listOf: (name: string) => `Contents of ${name}`,
  items: (number: number) => count(number, 'item', 'items'),
  name: 'Name',
  modified: 'Modified',
  size: 'Size',
  actions: 'Actions',
  actionsFor: (name: string) => `Actions for ${name}`,
  folder: 'Folder',

  openBy: (name: string) => `${name} has it open`,
  openOnDesktop: (name: string) => `${name} has it open in a desktop program`,

  emptyFolder: 'This folder is empty',
  emptyFolderHint: 'Drop files here, or make a new document.',
  emptyFolderReadOnly: 'Nothing has been put here yet.',
  folderGone: 'This folder is not there any more',
  folderGoneHint: 'It has been moved or deleted, or the link is wrong.',
  folderFailed: 'This folder could not be loaded',
  allDocuments: 'All documents',

  search: 'Search by name',
  clearSearch: 'Clear the search',
  searchResults: (text: string) => `Names with ${quoted(text)}`,
  found: (number: number) => `${count(number, 'item', 'items')} found`,
  foundMore: (number: number) => `The first ${number} items. Type more to find others.`,
  nothingFound: (text: string) => `Nothing is named ${quoted(text)}`,
  nothingFoundHint: 'Try a part of the name. What is inside the documents is not searched.',
  searchFailed: 'The search did not work',

  make: 'New',
  newFolder: 'Folder',
  newFolderTitle: 'New folder',
  newFolderName: 'New folder',
  newDocumentTitle: 'New document',
  newDocumentName: 'Untitled',
  create: 'Create',
  takeName: (name: string) => `Use ${quoted(name)} instead`,
  nameMissing: 'A name is needed.',

  open: 'Open',
  openReadOnly: 'Open read-only',
  openInNewTab: 'Open in a new tab',
  download: 'Download',
  rename: 'Rename',
  newNameFor: (name: string) => `New name for ${name}`,
  versions: 'Versions',
  delete: 'Delete',
  deleted: (names: readonly string[]) =>
    names.length === 1 && names[0] !== undefined
      ? `${quoted(names[0])} deleted`
      : `${count(names.length, 'item', 'items')} deleted`,
  undo: 'Undo',
  restored: (names: readonly string[]) =>
    names.length === 1 && names[0] !== undefined
      ? `${quoted(names[0])} is back`
      : `${count(names.length, 'item', 'items')} are back`,

  breakLock: 'Break the lock',
  breakLockTitle: (name: string) => `Break the lock of ${quoted(name)}?`,
  breakLockText: (who: string) =>
    `${who} has it open. Whoever saves last wins: what ${who} types from now on may end in a copy beside the document. Nothing that has been saved is lost.`,
  lockBroken: (name: string) => `${quoted(name)} is unlocked`,

  versionsOf: (name: string) => `Versions of ${quoted(name)}`,
  versionBy: (name: string) => `by ${name}`,
  versionOutside: 'changed outside',
  autosave: 'autosave',
  currentVersion: 'current',
  restoreVersion: 'Restore',
  restoreThis: (date: string) => `Restore the version of ${date}`,
  downloadThis: (date: string) => `Download the version of ${date}`,
  versionRestored: (date: string) => `Restored as it was on ${date}. The state before is kept as a version.`,
  versionsFailed: 'The versions could not be loaded',
  onlyVersion: 'There is only the present version. Earlier ones appear here once the document has been changed.',

  trash: 'Trash',
  trashEmpty: 'The trash is empty',
  trashEmptyHint: 'What you delete is kept here until the trash is emptied.',
  trashFailed: 'The trash could not be loaded',
  deletedWhen: 'Deleted',
  deletedBy: 'By',
  restore: 'Restore',
  restoreFile: (name: string) => `Restore ${name}`,
  emptyTrash: 'Empty the trash',
  emptyTrashTitle: 'Empty the trash?',
  emptyTrashText: (number: number) => `${count(number, 'file', 'files')} will be gone for good, with all versions.`,
  trashEmptied: 'The trash has been emptied',

  upload: 'Upload',
  dropHere: (folder: string) => `Drop to upload to ${quoted(folder)}`,
  uploads: 'Uploads',
  uploading: (number: number) => `Uploading ${count(number, 'file', 'files')}`,
  uploadsDone: (number: number) => `${count(number, 'file', 'files')} uploaded`,
  uploadsTrouble: (number: number) => `${count(number, 'upload needs', 'uploads need')} you`,
  uploadWaiting: 'Waits its turn',
  uploadPaused: 'Paused',
  uploadOffline: 'Connection lost. Goes on by itself.',
  uploadDone: 'Uploaded',
  uploadProgress: (done: string, all: string) => `${done} of ${all}`,
  uploadTooLarge: (limit: string) => `Larger than the ${limit} that this server takes.`,
  pause: (name: string) => `Pause ${name}`,
  resume: (name: string) => `Go on with ${name}`,
  cancelUpload: (name: string) => `Cancel ${name}`,
  dismissUpload: (name: string) => `Take ${name} off this list`,
  keepBoth: 'Keep both',
  replace: 'Replace',
  skip: 'Skip',
  uploadsUnfinished: (number: number) => `${count(number, 'upload was', 'uploads were')} not finished`,
  unfinished: (whole: string) => `${whole} · choose the file again to go on`,
  otherFile: (name: string) => `That is another file. Choose ${quoted(name)} as it was when the upload began.`,
  nameTaken: 'A file of this name is there already.',
  chooseAgain: 'Choose file',

  expandUploads: 'Show the uploads',
  collapseUploads: 'Show less of the uploads',

  editor: (name: string) => `Editor for ${name}`,
  conflict: (copy: string) =>
    `This document was changed by another program while you had it open. Your changes are in ${quoted(copy)}.`,
  openCopy: 'Open my copy',
  editorOffline:
    'No connection to the server. Keep this tab open: what you type now is saved once the connection is back.',
  editorSlow: 'The editor takes long to start.',
  editorSilent:
    'The editor has answered but does not speak to this page. It may not allow being shown here: ask whoever runs it to allow this address.',
  editorUnreachable: (origin: string) => `The editor at ${origin} cannot be reached.`,
  editorUnreachableHint:
    'It may be switched off, or this network does not let you through to it. Your document is safe.',
  editorBlocked: (origin: string) => `This browser was told not to show the editor at ${origin}.`,
  editorBlockedHint:
    'The editor has moved to another address. Load this page again; if it stays, tell whoever runs the server.',
  editorWrongOrigin: (expected: string, actual: string) =>
    `The editor answers as ${actual}, but its discovery document says ${expected}. Whoever runs it must make the two the same.`,
  editorFailed: 'The editor could not open this document.',
  editorFailedHint: 'It may be damaged, or of a kind that this editor does not know. It is unchanged.',
  sessionClosed: 'The editor has closed this document.',
  tokenEnds: 'Your access to this document runs out soon. Save, then load this page again.',
  reload: 'Load again',
  backToFolder: 'Back to the folder',
  shareTitle: 'Link to this document',
  shareText: 'Whoever may sign in here can open it with this link.',
  copy: 'Copy',
  copied: 'Copied',
  saveAsTitle: 'Save a copy',
  saveAsText: 'The copy is put beside the document. Its extension says in which format.',
  save: 'Save',
  link: 'Link',
} as const
