import { DocxEditor } from '@eigenpal/docx-editor-react'
import '@eigenpal/docx-editor-react/styles.css'
import { setGoogleFontsEnabled } from '@eigenpal/docx-editor-core/utils'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import '../../apps/office/web/src/documents/word/fonts.ts'

// What the component needs by itself to show a document: its bytes, and the fonts that it names.
setGoogleFontsEnabled(false)
const documentBuffer = await (await fetch(new URLSearchParams(location.search).get('document') ?? '')).arrayBuffer()
const holder = document.querySelector('#holder')
if (holder) createRoot(holder).render(createElement(DocxEditor, { documentBuffer, showFileOpen: false }))
