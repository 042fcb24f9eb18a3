import type { Sentences } from './sentences.ts'

/** What documents are refused with, in German. */
export const sentencesDe: Sentences = {
  'Documents of this type are not opened for their text.': 'Dokumente dieser Art werden nicht als Text geöffnet.',
  'Saving this would change “{0}”, which was not edited.':
    'Beim Speichern würde sich „{0}“ ändern, obwohl dort nichts bearbeitet wurde.',
  'Saving this would change a paragraph that was not edited.':
    'Beim Speichern würde sich ein Absatz ändern, der nicht bearbeitet wurde.',
  'Saving this would take away a picture, a field or a line break.':
    'Beim Speichern ginge ein Bild, ein Feld oder ein Zeilenumbruch verloren.',
  'This presentation is digitally signed. A change would make the signature invalid.':
    'Diese Präsentation ist digital signiert. Eine Änderung würde die Signatur ungültig machen.',
  'This document is protected by a password, so it cannot be opened here.':
    'Dieses Dokument ist durch ein Kennwort geschützt und kann hier nicht geöffnet werden.',
  'This document is digitally signed. A change would make the signature invalid.':
    'Dieses Dokument ist digital signiert. Eine Änderung würde die Signatur ungültig machen.',
  'This document has tracked changes, which are not kept up here.':
    'Dieses Dokument zeichnet Änderungen auf, was hier nicht weitergeführt wird.',
  'This document is damaged: {0}.': 'Dieses Dokument ist beschädigt{names}.',
  'This document has become too large to be saved.': 'Dieses Dokument ist zu groß geworden, um gespeichert zu werden.',
  'This document is too large to be opened here.': 'Dieses Dokument ist zu groß, um hier geöffnet zu werden.',
  'This document {0}, which cannot be opened here.':
    'Dieses Dokument ist auf eine Art gepackt, die hier nicht geöffnet werden kann.',
  'This document is protected by a password, or in the format of Office 97: neither can be opened here.':
    'Dieses Dokument ist durch ein Kennwort geschützt oder im Format von Office 97: Beides kann hier nicht geöffnet werden.',
  'This document is protected by a password.': 'Dieses Dokument ist durch ein Kennwort geschützt.',
  'This cannot be saved: too much was put into this PDF.':
    'Das kann nicht gespeichert werden: In dieses PDF wurde zu viel eingefügt.',
  'This cannot be saved: the changes do not fit to this PDF.':
    'Das kann nicht gespeichert werden: Die Änderungen passen nicht zu diesem PDF.',
  'This cannot be saved: the PDF would not open as it did before.':
    'Das kann nicht gespeichert werden: Das PDF ließe sich danach nicht mehr öffnen wie zuvor.',
  'This cannot be saved: the changes belong to another state of this PDF.':
    'Das kann nicht gespeichert werden: Die Änderungen gehören zu einem anderen Stand dieses PDF.',
  'It is protected by a password.': 'Es ist durch ein Kennwort geschützt.',
  'It takes too long, or too much memory, to be looked through.':
    'Es zu prüfen dauert zu lange oder braucht zu viel Speicher.',
  'It is signed, and a change would break the signature.':
    'Es ist signiert, und eine Änderung würde die Signatur ungültig machen.',
  'It is damaged, and is shown as well as possible.': 'Es ist beschädigt und wird gezeigt, so gut es geht.',
  'It is encrypted.': 'Es ist verschlüsselt.',
  'Its form (XFA) can be filled only in the program it was made for.':
    'Sein Formular (XFA) kann nur in dem Programm ausgefüllt werden, für das es gemacht ist.',
  'This document takes too long, or too much memory, to be read here. You can download it.':
    'Dieses Dokument hier zu lesen dauert zu lange oder braucht zu viel Speicher. Sie können es herunterladen.',
  'This cannot be saved: the document would lose {0}.':
    'Das kann nicht gespeichert werden: Das Dokument würde einen Teil verlieren{names}.',
  'This document is signed. Any change would break its signature, so it is only shown.':
    'Dieses Dokument ist signiert. Jede Änderung würde die Signatur ungültig machen, darum wird es nur gezeigt.',
  'This document is written in a form of the format (“Strict”) that is shown here, but not changed.':
    'Dieses Dokument ist in einer Form des Formats („Strict“) geschrieben, die hier gezeigt, aber nicht geändert wird.',
  'This document takes in another document as a whole (“altChunk”), which is not shown here, so it is not changed.':
    'In dieses Dokument ist ein anderes als Ganzes eingefügt („altChunk“), das hier nicht gezeigt wird. Darum wird es nicht geändert.',
  'Whoever wrote this document has protected it from changes.':
    'Wer dieses Dokument geschrieben hat, hat es vor Änderungen geschützt.',
  'This document is built in a way that this editor mixes up.':
    'Dieses Dokument ist so aufgebaut, dass dieser Editor es durcheinanderbrächte.',
  'This cannot be saved: something was deleted that this editor does not fully understand.':
    'Das kann nicht gespeichert werden: Etwas wurde gelöscht, das dieser Editor nicht ganz versteht.',
  'This cannot be saved: the change to “{0}” cannot be kept.':
    'Das kann nicht gespeichert werden: Die Änderung an „{0}“ kann nicht bewahrt werden.',
  'This cannot be saved: something was added that this editor cannot store.':
    'Das kann nicht gespeichert werden: Etwas wurde hinzugefügt, das dieser Editor nicht ablegen kann.',
  'This cannot be saved: the editor has lost a part of the document.':
    'Das kann nicht gespeichert werden: Der Editor hat einen Teil des Dokuments verloren.',
  'This cannot be saved: something that was deleted is made by another part of the document.':
    'Das kann nicht gespeichert werden: Was gelöscht wurde, stammt aus einem anderen Teil des Dokuments.',
  'This cannot be saved: a paragraph was deleted that holds something this editor does not show.':
    'Das kann nicht gespeichert werden: Ein Absatz wurde gelöscht, der etwas enthält, das dieser Editor nicht zeigt.',
  'This cannot be saved: a picture or shape was changed that this editor does not fully understand.':
    'Das kann nicht gespeichert werden: Ein Bild oder eine Form wurde geändert, die dieser Editor nicht ganz versteht.',
  'This cannot be saved: {0}.': 'Das kann nicht gespeichert werden, weil dabei etwas verloren ginge{names}.',
  'This document has more than {0} {1}, which is more than can be shown here. Download it to open it with another program.':
    'Dieses Dokument ist umfangreicher, als hier gezeigt werden kann. Laden Sie es herunter, um es mit einem anderen Programm zu öffnen.',
  'This document has pages without room for text, which cannot be shown here. Download it to open it with another program.':
    'Dieses Dokument hat Seiten ohne Platz für Text, die hier nicht gezeigt werden können. Laden Sie es herunter, um es mit einem anderen Programm zu öffnen.',
  'This document declares a document type, which office documents must not.':
    'Dieses Dokument erklärt einen Dokumenttyp, was Bürodokumente nicht dürfen.',
  'This document is nested too deeply, or has too many elements.':
    'Dieses Dokument ist zu tief verschachtelt oder hat zu viele Elemente.',
  'This workbook is not saved, because it would have more styles than programs take.':
    'Diese Arbeitsmappe wird nicht gespeichert, weil sie mehr Formate hätte, als Programme annehmen.',
  'This workbook is not saved, because {0}. Download your changes to keep them.':
    'Diese Arbeitsmappe wird nicht gespeichert, weil sich dabei etwas anderes ändern würde{names}. Laden Sie Ihre Änderungen herunter, um sie zu behalten.',
  'This workbook is digitally signed. A change would make the signature invalid.':
    'Diese Arbeitsmappe ist digital signiert. Eine Änderung würde die Signatur ungültig machen.',
  'This workbook is shared in the old way, with a journal of changes that cannot be kept up here.':
    'Diese Arbeitsmappe ist auf die alte Art freigegeben, mit einem Änderungsprotokoll, das hier nicht weitergeführt werden kann.',
  'This workbook counts days from 1904, as old Macs did it. Dates typed here would be four years off.':
    'Diese Arbeitsmappe zählt die Tage ab 1904, wie alte Macs. Hier eingegebene Daten lägen um vier Jahre daneben.',
  'This workbook is too large to be changed here. Of “{0}” not all rows are shown.':
    'Diese Arbeitsmappe ist zu groß, um hier geändert zu werden. Von „{0}“ werden nicht alle Zeilen gezeigt.',
  'This document spells “{0}” in UTF-16, which is not read here.':
    'Dieses Dokument schreibt „{0}“ in UTF-16, was hier nicht gelesen wird.',
  'This document declares XML entities, which are never read here.':
    'Dieses Dokument erklärt XML-Entitäten, die hier nie gelesen werden.',
  'The text of this document takes up more than can be shown here. Download it to open it with another program.':
    'Der Text dieses Dokuments ist umfangreicher, als hier gezeigt werden kann. Laden Sie es herunter, um es mit einem anderen Programm zu öffnen.',
  'OpenDocument spreadsheets are shown here, and not changed.':
    'OpenDocument-Tabellen werden hier gezeigt und nicht geändert.',
  'Of “{0}” not all rows are shown.': 'Von „{0}“ werden nicht alle Zeilen gezeigt.',
}
