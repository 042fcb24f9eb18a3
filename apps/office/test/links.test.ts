import { expect, test } from 'vitest'
import { destinationOf } from '../web/src/link-destination.ts'

test.each([
  ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
  ['HTTP://EXAMPLE.com', 'http://example.com/'],
  ['mailto:anna@example.com', 'mailto:anna@example.com'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
])('a link to %s leads to %s', (address, href) => {
  expect(destinationOf(address)?.href).toBe(href)
})

test.each([
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,hello',
  'file:///etc/passwd',
  'ms-word:ofe|u|https://example.com/a.docx',
  'chapter2.docx',
  '//example.com/',
  '#heading',
  'https://',
  '',
])('a link to %j is not followed', (address) => {
  expect(destinationOf(address)).toBeUndefined()
})
