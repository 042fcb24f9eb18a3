import DOMPurify from 'dompurify'
import MarkdownIt from 'markdown-it'
import { followLink } from '../../follow-link.ts'

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false })

/** What Markdown means. It loads nothing: pictures on other servers are named instead of shown. */
export function showMarkdown(text: string, into: HTMLElement): void {
  const safe = DOMPurify.sanitize(markdown.render(text), {
    RETURN_DOM_FRAGMENT: true,
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'iframe', 'svg', 'math', 'video', 'audio'],
    FORBID_ATTR: ['style', 'id', 'name'],
  })
  for (const image of safe.querySelectorAll('img')) {
    if (!image.src.startsWith('data:')) image.replaceWith(placeholder(image))
  }
  for (const link of safe.querySelectorAll('a')) guard(link)
  into.replaceChildren(safe)
}

function placeholder(image: HTMLImageElement): HTMLElement {
  const span = document.createElement('span')
  span.className = 'picture-placeholder'
  span.textContent = image.alt || image.getAttribute('src') || ''
  return span
}

/** A link to somewhere in the host's folders means nothing here: only whole addresses stay links, and are shown before they are followed. */
function guard(link: HTMLAnchorElement): void {
  if (!/^(https?:|mailto:)/i.test(link.getAttribute('href') ?? '')) link.removeAttribute('href')
  link.addEventListener('click', (event) => {
    event.preventDefault()
    const address = link.getAttribute('href')
    if (address) followLink(address)
  })
}
