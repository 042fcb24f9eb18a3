const fixedBy: Readonly<Record<string, string>> = {
  'array formula': 'einer Formel über mehrere Zellen',
  'data table': 'einer Datentabelle',
  table: 'der ersten oder letzten Zeile einer Tabelle',
  'pivot table': 'einer Pivot-Tabelle',
  protection: 'einem geschützten Blatt',
  formula: 'etwas, das dieses Programm nicht berechnen kann',
}

/** Everything that this client says, in German. What is missing here is said in English. */
export const de = {
  failures: {
    get: {
      title: 'Dokumente werden aus Ihren Dateien geöffnet',
      message: 'Diese Adresse öffnet nur dann ein Dokument, wenn Ihre Dateiablage Sie hierher schickt.',
      hint: 'Gehen Sie zurück zu Ihren Dateien und öffnen Sie das Dokument dort.',
    },
    malformed: {
      title: 'Diese Adresse nennt kein Dokument',
      message: 'Die WOPISrc dieser Adresse fehlt oder ist nicht die Adresse einer Datei auf einem WOPI-Host.',
      hint: 'Gehen Sie zurück zu Ihren Dateien und öffnen Sie das Dokument noch einmal.',
    },
    'not-allowed': {
      title: 'Dieser Host ist hier nicht zugelassen',
      message: 'Das Dokument liegt auf einem Host, von dem dieses Office keine Dokumente öffnet.',
      hint: 'Bitten Sie die Person, die dieses Office betreibt, den Host zuzulassen.',
    },
    'no-token': {
      title: 'Das Zugriffstoken fehlt',
      message: 'Nichts sagt, wer Sie sind, deshalb kann das Dokument nicht geöffnet werden.',
      hint: 'Gehen Sie zurück zu Ihren Dateien und öffnen Sie das Dokument dort.',
    },
    'no-access': {
      title: 'Sie können dieses Dokument nicht öffnen',
      message: 'Es ist nicht mehr da, Sie dürfen es nicht mehr sehen, oder dieser Link ist abgelaufen.',
      hint: 'Gehen Sie zurück zu Ihren Dateien und öffnen Sie das Dokument noch einmal.',
    },
    'host-away': {
      title: 'Das Dokument ist gerade nicht erreichbar',
      message: 'Der Server, auf dem es liegt, antwortet nicht oder meldet einen Fehler.',
      hint: 'Versuchen Sie es gleich noch einmal.',
    },
    'unknown-type': {
      title: 'Dateien dieser Art lassen sich hier nicht öffnen',
      message: 'Es gibt dafür weder eine Ansicht noch einen Editor.',
      hint: 'Laden Sie die Datei herunter, um sie mit einem anderen Programm zu öffnen.',
    },
    broken: {
      title: 'Etwas ist schiefgegangen',
      message: 'Das Büro konnte das nicht tun.',
      hint: 'Versuchen Sie es gleich noch einmal.',
    },
    'no-converter': {
      title: 'Für diesen Dateityp braucht es LibreOffice',
      message:
        'Solche Dateien werden als Seiten gezeigt, die LibreOffice erstellt. Auf dem Server dieses Büros ist es nicht installiert.',
      hint: 'Laden Sie die Datei herunter, oder bitten Sie die Betreiber, LibreOffice dort zu installieren und das Büro neu zu starten.',
    },
    'not-found': {
      title: 'Diese Seite gibt es nicht',
      message: 'Dies ist ein Office: Es zeigt Dokumente und hat keine eigenen Seiten.',
      hint: 'Gehen Sie zurück zu Ihren Dateien und öffnen Sie dort ein Dokument.',
    },
  },

  readOnly: {
    view: 'Sie haben dieses Dokument zum Lesen geöffnet.',
    'not-permitted': 'Sie dürfen dieses Dokument lesen, aber nicht ändern.',
    'not-supported': 'Der Ort, an dem es liegt, nimmt keine Änderungen an.',
    locked: 'Jemand bearbeitet dieses Dokument gerade in einem anderen Programm.',
    foreign:
      'Dieser Text ist nicht in UTF-8. Er wird so gut wie möglich gezeigt und nicht geändert, damit nichts beschädigt wird.',
    'cannot-keep': 'Dieses Dokument wird gezeigt und nicht geändert, damit nichts davon verloren geht.',
    taken: 'Jemand anderes schreibt gerade in diesem Dokument. Sie sehen mit, was geschrieben wird.',
    'lost-locked': 'Jemand anderes hat dieses Dokument übernommen. Ihre letzten Änderungen sind nicht gespeichert.',
    'lost-changed': 'Jemand anderes hat das Dokument geändert. Ihre letzten Änderungen sind nicht gespeichert.',
    'lost-gone': 'Das Dokument ist nicht mehr da. Ihre letzten Änderungen sind nicht gespeichert.',
    'lost-not-permitted':
      'Sie dürfen dieses Dokument nicht mehr ändern. Ihre letzten Änderungen sind nicht gespeichert.',
    'lost-too-large':
      'Das Dokument ist größer geworden, als sein Ort es annimmt. Ihre letzten Änderungen sind nicht gespeichert.',
    'lost-refused':
      'Der Ort, an dem das Dokument liegt, nimmt es nicht an. Ihre letzten Änderungen sind nicht gespeichert.',
    expired: 'Ihre Zeit für dieses Dokument ist um. Öffnen Sie es noch einmal aus Ihren Dateien, um weiterzumachen.',
    ended: 'Sie dürfen dieses Dokument nicht mehr sehen. Sie sehen den Stand von vorher.',
    apart: 'Das Dokument hat sich ohne Sie verändert, und Ihre letzten Änderungen passen nicht mehr dazu.',
  },

  saving: {
    opening: 'Wird geöffnet …',
    opened: 'Keine Änderungen',
    unsaved: 'Nicht gespeicherte Änderungen',
    saving: 'Wird gespeichert …',
    saved: (time: string) => `Gespeichert um ${time}`,
    offline: 'Noch nicht gespeichert, neuer Versuch läuft',
    disconnected: 'Keine Verbindung, neuer Versuch läuft',
    notSaved: 'Nicht gespeichert',
    readOnly: 'Nur lesen',
  },

  actions: {
    close: 'Schließen',
    closeAnyway: 'Trotzdem schließen',
    edit: 'Bearbeiten',
    rename: 'Umbenennen',
    renameHint: 'Dieses Dokument umbenennen',
    share: 'Teilen',
    versions: 'Versionen',
    download: 'Herunterladen',
    downloadPdf: 'Als PDF herunterladen',
    print: 'Drucken',
    saveAs: 'Speichern unter',
    save: 'Speichern',
    find: 'Suchen',
    preview: 'Vorschau',
    source: 'Text',
    both: 'Text und Vorschau',
    sheet: 'Tabelle',
    saveCopy: 'Als Kopie speichern',
    convert: (extension: string) => `In .${extension} umwandeln`,
    discard: 'Verwerfen und neu laden',
    discardLeftover: 'Verwerfen',
    tryAgain: 'Erneut versuchen',
    tryNow: 'Jetzt versuchen',
    showPages: 'Seiten zeigen',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    saveNow: 'Jetzt speichern',
    takeOver: 'Selbst schreiben',
    openCopy: 'Kopie öffnen',
    dismiss: 'Ausblenden',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    fitWidth: 'An Breite anpassen',
    previousPage: 'Vorige Seite',
    nextPage: 'Nächste Seite',
    cancel: 'Abbrechen',
    openLink: 'Link öffnen',
  },

  links: {
    title: 'Dieser Link führt an einen anderen Ort',
    refused: 'Diesem Link wird nicht gefolgt: nur Links zu Webseiten und E-Mail-Adressen werden geöffnet.',
  },

  notices: {
    expiring:
      'Ihre Zeit für dieses Dokument ist bald um. Öffnen Sie es noch einmal aus Ihren Dateien, um weiterzumachen.',
    leftover: (time: string) =>
      `Es gibt nicht gespeicherte Änderungen von ${time}. Sie passen nicht zum jetzigen Stand des Dokuments.`,
    copySaved: (name: string) => `Als „${name}“ gespeichert.`,
    saveAs: 'Eine Kopie des jetzigen Stands unter einem anderen Namen:',
    saveAsFailed: 'Die Kopie konnte nicht gespeichert werden.',
    offline:
      'Der Ort, an dem dieses Dokument liegt, ist nicht erreichbar. Ihre Änderungen bleiben hier erhalten und werden gesendet, sobald er wieder da ist.',
    disconnected:
      'Es besteht keine Verbindung. Lassen Sie diese Seite offen: Was Sie geschrieben haben, wird gesendet, sobald sie wieder da ist.',
    unreachable:
      'Der Server, auf dem dieses Dokument liegt, ist nicht erreichbar oder meldet einen Fehler. Neuer Versuch läuft…',
    closed: 'Dieses Dokument ist geschlossen.',
    copyFailed: 'Die Kopie konnte nicht gespeichert werden. Laden Sie Ihren Text herunter, um ihn zu behalten.',
    renameFailed: 'Das Dokument konnte nicht umbenannt werden.',
    nameTaken: 'Dieser Name ist nicht möglich. Wählen Sie einen anderen.',
    rejoined: 'Das Dokument wurde neu gelesen.',
    discardConfirm: 'Damit gehen Änderungen verloren, die nicht gespeichert sind, auch die von anderen. Verwerfen?',
    closeConfirm:
      'Etwas von dem, was Sie geschrieben haben, hat diese Seite noch nicht verlassen. Es geht verloren, wenn Sie jetzt schließen.',
    tooLarge: (limit: string) =>
      `Dieses Dokument ist größer als ${limit} und damit zu groß, um hier geöffnet zu werden. Sie können es herunterladen.`,
    notText:
      'Der Inhalt dieser Datei ist kein Text und kann deshalb hier nicht gezeigt werden. Sie können sie herunterladen.',
    failed: 'Das Dokument konnte nicht geöffnet werden.',
    pagesNeedConverter:
      'Seine Seiten ließen sich zeigen, wenn dort, wo dieses Office läuft, LibreOffice installiert wäre.',
    wordUnkept:
      'Ihre letzte Änderung kann nicht gespeichert werden, weil dieser Editor sie nicht so schreiben würde, wie Sie sie sehen. Machen Sie sie rückgängig, oder laden Sie eine Kopie herunter.',
    leftoverFile: (time: string) =>
      `Es gibt eine Fassung mit nicht gespeicherten Änderungen von ${time}. Sie passt nicht zum jetzigen Stand des Dokuments.`,
    noImage: 'Dieses Bild kann nicht gezeigt werden. Vielleicht ist es beschädigt.',
    convertingCopy: 'Eine Kopie zum Bearbeiten wird erstellt …',
    convertFailed: 'Die Kopie konnte nicht neben dem Dokument gespeichert werden.',
    notKept: 'Dieses Dokument kann so nicht gespeichert werden: Etwas davon ginge verloren.',
    conversionWaits: (before: number) =>
      before === 1
        ? 'Bitte warten: Ein Dokument ist vor Ihrem an der Reihe.'
        : `Bitte warten: ${before} Dokumente sind vor Ihrem an der Reihe.`,
    makingPdf: 'Aus dem Dokument wird ein PDF…',
    pdfFailed: 'Das PDF konnte nicht erstellt werden.',
    conversionStopped: 'Abgebrochen, wie gewünscht.',
    converting: 'Die Seiten des Dokuments werden erstellt …',
    noPdf: 'Dieses PDF kann nicht gezeigt werden. Vielleicht ist es beschädigt oder mit einem Kennwort geschützt.',
    tableCut: (rows: number) => `Nur die ersten ${rows} Zeilen werden gezeigt.`,
    emptyTable: 'Hier gibt es noch nichts zu sehen.',
  },

  notConverted: {
    busy: 'Gerade werden zu viele Dokumente aufbereitet. Versuchen Sie es in einer Minute noch einmal.',
    'too-large': 'Dieses Dokument ist zu groß, um hier gezeigt zu werden. Sie können es herunterladen.',
    'too-slow': 'Es dauert zu lange, Seiten aus diesem Dokument zu machen. Sie können es herunterladen.',
    unreadable: 'Dieses Dokument ist nicht lesbar. Vielleicht ist es beschädigt oder mit einem Kennwort geschützt.',
    failed: 'Aus diesem Dokument konnten keine Seiten gemacht werden: Der Konverter wurde nicht fertig.',
    ended: 'Das Office wird gerade neu gestartet. Versuchen Sie es in einer Minute noch einmal.',
  },

  search: {
    Find: 'Suchen',
    Replace: 'Ersetzen durch',
    next: 'Weiter',
    previous: 'Zurück',
    all: 'Alle auswählen',
    'match case': 'Groß- und Kleinschreibung',
    regexp: 'Regulärer Ausdruck',
    'by word': 'Ganze Wörter',
    replace: 'Ersetzen',
    'replace all': 'Alle ersetzen',
    close: 'Schließen',
    'current match': 'aktueller Treffer',
    'on line': 'in Zeile',
    'replaced match on line $': 'Treffer in Zeile $ ersetzt',
    'replaced $ matches': '$ Treffer ersetzt',
  },

  find: {
    wholeCell: 'Ganze Zelle',
    found: (at: number, of: number) => `${at} von ${of}`,
    nothingFound: 'Nichts gefunden',
    replaced: (count: number) => `${count} ersetzt`,
  },

  word: {
    fixed: {
      notes: 'Fußnoten werden gezeigt und erhalten, hier aber nicht geändert.',
      boxes: 'Text in Textfeldern wird gezeigt und erhalten, hier aber nicht geändert.',
    },
  },

  outline: {
    slide: (number: number) => `Folie ${number}`,
    hiddenSlide: (number: number) => `Folie ${number}, ausgeblendet`,
    textOnly: 'Der Text kann da geändert werden, wo er steht; das Aussehen bleibt, wie es ist.',
    besideSlides: 'Neben jeder Folie steht ihr Text: Was Sie dort ändern, zeigt die Folie.',
    texts: 'Texte neben den Folien',
    notDrawn: 'Wird hier nicht gezeichnet',
    noPicture: 'Diese Folie kann hier nicht gezeichnet werden. Ihr Text kann geändert werden.',
    anchor: 'Etwas, das kein Text ist',
    kept: 'Bilder, Felder und Zeilenumbrüche bleiben, wo sie sind.',
    noText: 'In diesem Dokument steht kein Text.',
  },

  pdf: {
    tools: 'Auf die Seiten schreiben',
    addNote: 'Notiz hinzufügen',
    highlight: 'Markierten Text hervorheben',
    selectFirst: 'Markieren Sie zuerst Text auf der Seite, und heben Sie ihn dann hervor.',
    stamp: 'Stempel',
    addStamp: 'Diesen Stempel auf die Seite setzen',
    stamps: {
      approved: 'GENEHMIGT',
      rejected: 'ABGELEHNT',
      draft: 'ENTWURF',
      confidential: 'VERTRAULICH',
      received: 'EINGEGANGEN',
      paid: 'BEZAHLT',
    },
    signed: (name: string, date: string) => `${name}, ${date}`,
    marks: { note: 'Notiz', stamp: 'Stempel' },
    onPage: (what: string, page: number) => `${what} auf Seite ${page}`,
    marksOn: (page: number) => `Notizen auf Seite ${page}`,
    highlighted: (text: string, page: number) => `Hervorhebung auf Seite ${page}: ${text}`,
    move: 'Verschieben: ziehen oder Pfeiltasten benutzen',
    remove: 'Entfernen',
    unkept:
      'Ihre letzten Änderungen können nicht in dieses PDF geschrieben werden. Laden Sie sie herunter, um sie zu behalten.',
    downloadWords: 'Als Text herunterladen',
    tooLarge: (limit: string) => `Dieses PDF ist größer als ${limit}: Es wird hier gezeigt, aber nicht geändert.`,
  },

  sheet: {
    tooLarge: 'Diese Tabelle ist für ein Gitter zu groß. Sie wird als Text gezeigt.',
    tooLong: 'Eine Zelle fasst höchstens 32.767 Zeichen, deshalb wurde dies nicht eingefügt.',
    contentOnly:
      'Geändert werden hier nur Inhalt und Aussehen der Zellen und die Größe von Zeilen und Spalten: Zeilen, Spalten und Blätter bleiben, wo sie sind.',
    tooMany: 'Das sind zu viele Zellen, um ihnen auf einmal ein anderes Aussehen zu geben.',
    notMerged: (area: string) =>
      `${area} wird nicht verbunden, denn eine Tabelle oder eine Formel über mehrere Zellen braucht die Zellen einzeln.`,
    fixed: (cell: string, why: string) =>
      `${cell} wird hier nicht geändert, denn die Zelle gehört zu ${fixedBy[why] ?? why}.`,
    spilled: (cells: string) =>
      `Die Formel in ${cells} füllt auch andere Zellen. Das bleibt hier nicht erhalten, deshalb wurde sie zurückgenommen.`,
    kept: (what: string) =>
      `Diese Arbeitsmappe enthält außerdem, was erhalten bleibt, aber hier nicht gezeigt wird: ${what}.`,
    notCalculated:
      'Einige ihrer Formeln können hier nicht berechnet werden. Sie behalten ihr letztes Ergebnis, bis ein anderes Programm die Mappe öffnet.',
    unseen: {
      charts: 'Diagramme',
      pictures: 'Bilder',
      'conditional formats': 'bedingte Formate',
      comments: 'Kommentare',
      'pivot tables': 'Pivot-Tabellen',
      macros: 'Makros',
      'data validation': 'Regeln für Eingaben',
      'sheets of other kinds': 'Blätter anderer Art',
    },
  },

  labels: {
    bar: 'Dokument',
    state: 'Stand der Speicherung',
    people: 'Personen in diesem Dokument',
    you: (name: string) => `${name} (Sie)`,
    viewer: (name: string) => `${name} (liest)`,
    someone: 'Jemand',
    name: 'Name des Dokuments',
    copyName: 'Name der Kopie',
    text: (name: string) => `Text von ${name}`,
    preview: (name: string) => `Vorschau von ${name}`,
    pages: (count: number) => (count === 1 ? '1 Seite' : `${count} Seiten`),
    page: (number: number, of: number) => `Seite ${number} von ${of}`,
    zoom: (percent: number) => `${percent} %`,
    copy: 'Kopie',
    position: (line: number, column: number) => `Zeile ${line}, Spalte ${column}`,
  },
}
