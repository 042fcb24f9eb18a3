import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, defaultHighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches, openSearchPanel, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { oneDarkHighlightStyle } from '@codemirror/theme-one-dark'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next'
import { cspNonce } from '../../csp-nonce.ts'
import { strings } from '../../strings.ts'
import { isDark, onThemeChange } from '../../theme.ts'
import { languageFor } from './languages.ts'
import type { SharedText } from './text-and-cursors.ts'

export interface TextEditor {
  readonly element: HTMLElement
  setReadOnly(isReadOnly: boolean): void
  find(): void
  /** The letters have another size. */
  measure(): void
  focus(): void
  blur(): void
  destroy(): void
}

export interface EditorOptions {
  readonly fileName: string
  readonly label: string
  readonly isReadOnly: boolean
  /** Prose wraps and has no line numbers. */
  readonly isProse: boolean
  readonly extensions: Extension
  readonly save: () => void
}

/** An editor of a shared text. */
export function textEditor(shared: SharedText, options: EditorOptions): TextEditor {
  const writing = new Compartment()
  const language = new Compartment()
  const colors = new Compartment()
  const view = new EditorView({
    doc: shared.text.toString(),
    extensions: [
      EditorView.cspNonce.of(cspNonce()),
      // The shared text counts one character for each line end; so must the editor.
      EditorState.lineSeparator.of('\n'),
      EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, '\n')),
      options.isProse
        ? []
        : [lineNumbers(), bracketMatching(), closeBrackets(), indentOnInput(), highlightActiveLine()],
      highlightSpecialChars(),
      drawSelection(),
      highlightSelectionMatches(),
      EditorState.phrases.of(strings.search),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': options.label, spellcheck: String(options.isProse) }),
      EditorView.editorAttributes.of({ class: options.isProse ? 'prose' : 'code' }),
      keymap.of([
        { key: 'Mod-s', preventDefault: true, run: saving(options.save) },
        ...yUndoManagerKeymap,
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...searchKeymap,
        ...(options.isProse ? [] : [indentWithTab]),
      ]),
      yCollab(shared.text, null),
      options.extensions,
      writing.of(writable(options.isReadOnly)),
      language.of([]),
      colors.of(highlighting()),
    ],
  })
  void languageFor(options.fileName).then((found) => found && view.dispatch({ effects: language.reconfigure(found) }))
  const forget = onThemeChange(() => view.dispatch({ effects: colors.reconfigure(highlighting()) }))
  return {
    element: view.dom,
    setReadOnly: (isReadOnly) => view.dispatch({ effects: writing.reconfigure(writable(isReadOnly)) }),
    find: () => openSearchPanel(view),
    measure: () => view.requestMeasure(),
    focus: () => view.focus(),
    blur: () => view.contentDOM.blur(),
    destroy() {
      forget()
      view.destroy()
    },
  }
}

/** A key's command; the browser must not take the key for its own. */
const saving = (save: () => void) => () => {
  save()
  return true
}

/** What cannot be changed can still be reached, selected and copied by keyboard. */
const writable = (isReadOnly: boolean): Extension => [
  EditorState.readOnly.of(isReadOnly),
  EditorView.editable.of(!isReadOnly),
  isReadOnly ? EditorView.contentAttributes.of({ tabindex: '0', 'aria-readonly': 'true' }) : [],
]

const highlighting = (): Extension => [
  syntaxHighlighting(isDark() ? oneDarkHighlightStyle : defaultHighlightStyle),
  EditorView.theme({}, { dark: isDark() }),
]
