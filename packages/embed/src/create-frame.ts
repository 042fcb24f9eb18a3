// `allow-same-origin` gives the editor its own origin, which is another one than this page's.
const sandbox = [
  'allow-scripts',
  'allow-same-origin',
  'allow-forms',
  'allow-popups',
  'allow-popups-to-escape-sandbox',
  'allow-top-navigation',
  'allow-downloads',
  'allow-modals',
].join(' ')

/** An empty frame for an editor at `origin`, ready to be the target of a form. */
export const createFrame = (title: string, origin: string): HTMLIFrameElement => {
  const frame = document.createElement('iframe')
  frame.name = 'office_frame'
  frame.id = 'office_frame'
  frame.title = title
  frame.setAttribute('allowfullscreen', 'true')
  frame.setAttribute('sandbox', sandbox)
  frame.setAttribute('allow', `clipboard-read ${origin}; clipboard-write ${origin}; autoplay ${origin}`)
  return frame
}
