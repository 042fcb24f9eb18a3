const fixedBy: Readonly<Record<string, string>> = {
  'array formula': 'a formula over several cells',
  'data table': 'a data table',
  table: 'the first or last row of a table',
  'pivot table': 'a pivot table',
  protection: 'a protected sheet',
  formula: 'what this program cannot calculate',
}

/** Everything that this client says, in English. A language is one such file. */
export const en = {
  // Pages that stand in for a document.
  failures: {
    get: {
      title: 'Open documents from your files',
      message: 'This address opens a document only when the place where your files are sends you here.',
      hint: 'Go back to your files and open the document there.',
    },
    malformed: {
      title: 'This address does not name a document',
      message: 'The WOPISrc of this address is missing or is not the address of a file on a WOPI host.',
      hint: 'Go back to your files and open the document again.',
    },
    'not-allowed': {
      title: 'This host is not allowed here',
      message: 'The document lies on a host that this office does not open documents from.',
      hint: 'Ask whoever runs this office to add the host to its list.',
    },
    'no-token': {
      title: 'The access token is missing',
      message: 'Nothing says who you are, so the document cannot be opened.',
      hint: 'Go back to your files and open the document there.',
    },
    'no-access': {
      title: 'You cannot open this document',
      message: 'It is gone, or you may no longer see it, or this link has ended.',
      hint: 'Go back to your files and open the document again.',
    },
    'host-away': {
      title: 'The document cannot be reached now',
      message: 'The server where it lies does not answer, or answers with an error.',
      hint: 'Try again in a moment.',
    },
    'unknown-type': {
      title: 'This type of file cannot be opened here',
      message: 'There is no viewer or editor for it.',
      hint: 'Download the file to open it with another program.',
    },
    broken: {
      title: 'Something went wrong',
      message: 'The office could not do this.',
      hint: 'Try again in a moment.',
    },
    'no-converter': {
      title: 'This type of file needs LibreOffice',
      message: 'It is shown as pages that LibreOffice makes, and the server where this office runs has none.',
      hint: 'Download the file, or ask whoever runs this office to install LibreOffice there and start the office again.',
    },
    'not-found': {
      title: 'There is no such page',
      message: 'This is an office: it shows documents, and has no pages of its own.',
      hint: 'Go back to your files and open a document there.',
    },
  },

  // Why a document is read-only.
  readOnly: {
    view: 'You opened this document to read it.',
    'not-permitted': 'You may read this document, but not change it.',
    'not-supported': 'The place where it lies does not take changes.',
    locked: 'Someone else is editing this document in another program.',
    foreign: 'This text is not in UTF-8. It is shown as well as possible, and not changed, so that nothing is damaged.',
    'cannot-keep': 'This document is shown, and not changed, so that nothing of it is lost.',
    taken: 'Someone else is writing in this document. You see what they write.',
    'lost-locked': 'Someone else has taken over this document. Your last changes are not saved.',
    'lost-changed': 'The document was changed by someone else. Your last changes are not saved.',
    'lost-gone': 'The document is no longer there. Your last changes are not saved.',
    'lost-not-permitted': 'You may no longer change this document. Your last changes are not saved.',
    'lost-too-large': 'The document has become larger than its place takes. Your last changes are not saved.',
    'lost-refused': 'The place where the document lies refuses to take it. Your last changes are not saved.',
    expired: 'Your time for this document has ended. Open it again from your files to go on.',
    ended: 'You may no longer see this document. What you see is what it was before.',
    apart: 'The document has moved on without you, and your last changes do not fit to it any more.',
  },

  // The state of saving, as the bar says it.
  saving: {
    opening: 'Opening…',
    opened: 'No changes',
    unsaved: 'Unsaved changes',
    saving: 'Saving…',
    saved: (time: string) => `Saved at ${time}`,
    offline: 'Not saved yet, trying again',
    disconnected: 'Not connected, trying again',
    notSaved: 'Not saved',
    readOnly: 'Read-only',
  },

  // What buttons and fields are called.
  actions: {
    close: 'Close',
    closeAnyway: 'Close anyway',
    edit: 'Edit',
    rename: 'Rename',
    renameHint: 'Rename this document',
    share: 'Share',
    versions: 'Versions',
    download: 'Download',
    downloadPdf: 'Download as PDF',
    print: 'Print',
    saveAs: 'Save as',
    save: 'Save',
    find: 'Find',
    preview: 'Preview',
    source: 'Text',
    both: 'Text and preview',
    sheet: 'Sheet',
    saveCopy: 'Save as a copy',
    convert: (extension: string) => `Convert to .${extension}`,
    discard: 'Discard and reload',
    discardLeftover: 'Discard',
    tryAgain: 'Try again',
    tryNow: 'Try now',
    showPages: 'Show its pages',
    undo: 'Undo',
    redo: 'Redo',
    saveNow: 'Save now',
    takeOver: 'Write instead',
    openCopy: 'Open the copy',
    dismiss: 'Dismiss',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fitWidth: 'Fit to width',
    previousPage: 'Previous page',
    nextPage: 'Next page',
    cancel: 'Cancel',
    openLink: 'Open link',
  },

  // What is said before a link in a document is followed.
  links: {
    title: 'This link leads to another place',
    refused: 'This link is not followed: only web pages and mail addresses are.',
  },

  // Messages under the bar.
  notices: {
    expiring: 'Your time for this document ends soon. Open it again from your files to go on.',
    leftover: (time: string) => `Unsaved changes of ${time} were found. They do not fit to the document as it is now.`,
    copySaved: (name: string) => `Saved as “${name}”.`,
    saveAs: 'A copy under another name, as the document is now:',
    saveAsFailed: 'The copy could not be saved.',
    offline:
      'The place where this document lies cannot be reached. Your changes are kept here, and sent as soon as it is back.',
    disconnected: 'There is no connection. Keep this page open: what you typed is sent as soon as it is back.',
    unreachable: 'The server that keeps this document cannot be reached, or answers with an error. Trying again…',
    closed: 'This document is closed.',
    copyFailed: 'The copy could not be saved. Download your text to keep it.',
    renameFailed: 'The document could not be renamed.',
    nameTaken: 'This name cannot be used. Choose another one.',
    rejoined: 'The document was read again.',
    discardConfirm: 'This discards changes that are not saved, also those of others. Discard them?',
    closeConfirm: 'Some of what you typed has not left this page yet. It is lost when you close it now.',
    tooLarge: (limit: string) =>
      `This document is larger than ${limit}, too large to be opened here. You can download it.`,
    notText: 'The content of this file is not text, so it cannot be shown here. You can download it.',
    failed: 'The document could not be opened.',
    pagesNeedConverter: 'Its pages could be shown if LibreOffice were installed where this office runs.',
    wordUnkept:
      'Your last change cannot be saved, because this editor would not write it as you see it. Undo it, or download a copy.',
    leftoverFile: (time: string) =>
      `A version with unsaved changes of ${time} was found. It does not fit to the document as it is now.`,
    noImage: 'This image cannot be shown. It may be damaged.',
    convertingCopy: 'Making a copy that can be edited…',
    convertFailed: 'The copy could not be saved beside the document.',
    notKept: 'This document cannot be saved as it is now: something of it would be lost.',
    conversionWaits: (before: number) =>
      before === 1 ? 'Waiting: one document is before yours.' : `Waiting: ${before} documents are before yours.`,
    makingPdf: 'Making a PDF of the document…',
    pdfFailed: 'The PDF could not be made.',
    conversionStopped: 'Stopped, as you asked.',
    converting: 'Making pages of the document…',
    noPdf: 'This PDF cannot be shown. It may be damaged or protected by a password.',
    tableCut: (rows: number) => `Only the first ${rows} rows are shown.`,
    emptyTable: 'There is nothing to show yet.',
  },

  // Why there are no pages of a document.
  notConverted: {
    busy: 'Too many documents are being prepared at the moment. Try again in a minute.',
    'too-large': 'This document is too large to be shown here. You can download it.',
    'too-slow': 'This document takes too long to be made into pages. You can download it.',
    unreadable: 'This document cannot be read. It may be damaged or protected by a password.',
    failed: 'This document could not be made into pages: the converter ended before it was done.',
    ended: 'The office is being restarted. Try again in a minute.',
  },

  // The editor's search, by its own English words.
  search: {
    Find: 'Find',
    Replace: 'Replace with',
    next: 'Next',
    previous: 'Previous',
    all: 'Select all',
    'match case': 'Match case',
    regexp: 'Regular expression',
    'by word': 'Whole words',
    replace: 'Replace',
    'replace all': 'Replace all',
    close: 'Close',
    'current match': 'current match',
    'on line': 'on line',
    'replaced match on line $': 'replaced match on line $',
    'replaced $ matches': 'replaced $ matches',
  },

  // Where documents are searched.
  find: {
    wholeCell: 'Whole cell',
    found: (at: number, of: number) => `${at} of ${of}`,
    nothingFound: 'Nothing found',
    replaced: (count: number) => `${count} replaced`,
  },

  // Word documents.
  word: {
    fixed: {
      notes: 'Footnotes are shown and kept, but not changed here.',
      boxes: 'Text in boxes is shown and kept, but not changed here.',
    },
  },

  outline: {
    slide: (number: number) => `Slide ${number}`,
    hiddenSlide: (number: number) => `Slide ${number}, hidden`,
    textOnly: 'The text can be changed where it stands; how it looks stays as it is.',
    besideSlides: 'Beside each slide stands its text: change it there, and the slide shows it.',
    texts: 'Texts beside the slides',
    notDrawn: 'Not drawn here',
    noPicture: 'This slide cannot be drawn here. Its text can be changed.',
    anchor: 'Something that is no text',
    kept: 'Pictures, fields and line breaks stay where they are.',
    noText: 'There is no text in this document.',
  },

  sheet: {
    tooLarge: 'This table is too large for a grid. It is shown as text.',
    tooLong: 'A cell holds 32,767 characters at most, so this was not put into it.',
    contentOnly:
      'Only the content and the looks of cells, and the sizes of rows and columns, are changed here: rows, columns and sheets stay where they are.',
    tooMany: 'These are too many cells to be given another look at once.',
    notMerged: (area: string) =>
      `${area} is not merged, because a table or a formula over several cells needs its cells one by one.`,
    fixed: (cell: string, why: string) => `${cell} is not changed here, because it belongs to ${fixedBy[why] ?? why}.`,
    spilled: (cells: string) =>
      `The formula in ${cells} fills other cells too. That is not kept here, so it was taken back.`,
    kept: (what: string) => `This workbook also holds what is kept but not shown here: ${what}.`,
    notCalculated:
      'Some of its formulas cannot be calculated here. They keep their last results until another program opens it.',
    unseen: {
      charts: 'charts',
      pictures: 'pictures',
      'conditional formats': 'conditional formats',
      comments: 'comments',
      'pivot tables': 'pivot tables',
      macros: 'macros',
      'data validation': 'rules for what may be typed',
      'sheets of other kinds': 'sheets of other kinds',
    },
  },

  // PDFs that are filled in and written on.
  pdf: {
    tools: 'Write on the pages',
    addNote: 'Add a note',
    highlight: 'Highlight the selected text',
    selectFirst: 'Select some text on the page first, then highlight it.',
    stamp: 'Stamp',
    addStamp: 'Put this stamp on the page',
    stamps: {
      approved: 'APPROVED',
      rejected: 'REJECTED',
      draft: 'DRAFT',
      confidential: 'CONFIDENTIAL',
      received: 'RECEIVED',
      paid: 'PAID',
    },
    signed: (name: string, date: string) => `${name}, ${date}`,
    marks: { note: 'Note', stamp: 'Stamp' },
    onPage: (what: string, page: number) => `${what} on page ${page}`,
    marksOn: (page: number) => `Notes on page ${page}`,
    highlighted: (text: string, page: number) => `Highlight on page ${page}: ${text}`,
    move: 'Move: drag, or use the arrow keys',
    remove: 'Remove',
    unkept: 'Your last changes cannot be written into this PDF. Download them to keep them.',
    downloadWords: 'Download as text',
    tooLarge: (limit: string) => `This PDF is larger than ${limit}: it is shown, and not changed here.`,
  },

  // What a screen reader says.
  labels: {
    bar: 'Document',
    state: 'State of saving',
    people: 'People in this document',
    you: (name: string) => `${name} (you)`,
    viewer: (name: string) => `${name} (reading)`,
    someone: 'Someone',
    name: 'Document name',
    copyName: 'Name of the copy',
    text: (name: string) => `Text of ${name}`,
    preview: (name: string) => `Preview of ${name}`,
    pages: (count: number) => (count === 1 ? '1 page' : `${count} pages`),
    page: (number: number, of: number) => `Page ${number} of ${of}`,
    zoom: (percent: number) => `${percent} %`,
    copy: 'copy',
    position: (line: number, column: number) => `Line ${line}, column ${column}`,
  },
}

export type Strings = typeof en
