import fc from 'fast-check'
import { expect, test } from 'vitest'
import { html } from '../../src/pages/html.ts'

test('what is put into a template can neither begin a tag nor end an attribute', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(html`<p title="${text}">${text}</p>`.text.match(/[<>"']/g)?.join('')).toBe('<"">' + '<>')
    }),
  )
})

test('what was put in can be read back', () => {
  const unescaped = (markup: string) => markup.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(unescaped(html`${text}`.text)).toBe(text)
    }),
  )
})

test('markup within markup stays markup, lists are joined, and what is absent leaves nothing', () => {
  const rows = ['a', '<b>'].map((name) => html`<li>${name}</li>`)
  expect(html`<ul>${rows}</ul>${undefined}${false}${7}`.text).toBe('<ul><li>a</li><li>&#60;b&#62;</li></ul>7')
})

test('what only looks like markup is escaped', () => {
  const look = { text: '<script>' }
  expect(() => html`${look as never}`).toThrow()
})
