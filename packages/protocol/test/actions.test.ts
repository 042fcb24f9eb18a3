import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionUrl, type Placeholder, placeholders } from '../src/index.ts'

const file = 'https://wopi.example.test/wopi/files/42'
const encoded = encodeURIComponent(file)
const word =
  'https://office.example.test/text/edit?<ui=UI_LLCC&><rs=DC_LLCC&><dchat=DISABLE_CHAT&><hid=HOST_SESSION_ID&>' +
  '<sc=SESSION_CONTEXT&><wopisrc=WOPI_SOURCE&><IsLicensedUser=BUSINESS_USER&>'

describe('an action URL', () => {
  test('takes the values that are given and drops the places of others', () => {
    expect(actionUrl(word, { WOPI_SOURCE: file, UI_LLCC: 'de-DE' })).toBe(
      `https://office.example.test/text/edit?ui=de-DE&rs=de-DE&wopisrc=${encoded}`,
    )
  })

  test('says all that is known', () => {
    const values = {
      WOPI_SOURCE: file,
      UI_LLCC: 'de-DE',
      DC_LLCC: 'en-GB',
      SESSION_CONTEXT: 'a&b c',
      BUSINESS_USER: '1',
    }
    expect(actionUrl(word, values)).toBe(
      `https://office.example.test/text/edit?ui=de-DE&rs=en-GB&sc=a%26b%20c&wopisrc=${encoded}&IsLicensedUser=1`,
    )
  })

  test.each([
    ['https://c.test/browser/1a/cool.html?', `https://c.test/browser/1a/cool.html?WOPISrc=${encoded}`],
    ['https://c.test/hosting/capabilities', `https://c.test/hosting/capabilities?WOPISrc=${encoded}`],
    ['https://c.test/x?edit=1&new=1&', `https://c.test/x?edit=1&new=1&WOPISrc=${encoded}`],
    ['https://c.test/x?edit=1&<ui=UI_LLCC&>', `https://c.test/x?edit=1&WOPISrc=${encoded}`],
    ['https://c.test/x?<ui=UI_LLCC>', `https://c.test/x?WOPISrc=${encoded}`],
    ['https://c.test/rtc2/', `https://c.test/rtc2/?WOPISrc=${encoded}`],
  ])('%s has no place for the WOPISrc, so it comes at the end', (urlsrc, url) => {
    expect(actionUrl(urlsrc, { WOPI_SOURCE: file })).toBe(url)
  })

  test('names the WOPISrc at every place that asks for it', () => {
    expect(actionUrl('https://c.test/x?<wopisrc=WOPI_SOURCE&><again=WOPI_SOURCE&>&', { WOPI_SOURCE: file })).toBe(
      `https://c.test/x?wopisrc=${encoded}&again=${encoded}`,
    )
  })

  test('has no place left that nobody knows', () => {
    const urlsrc = 'https://c.test/x?<a=SOMETHING_NEW&><b=toString&><ui=UI_LLCC&><wopisrc=WOPI_SOURCE&>'
    expect(actionUrl(urlsrc, { WOPI_SOURCE: file, UI_LLCC: 'en' })).toBe(`https://c.test/x?ui=en&wopisrc=${encoded}`)
  })

  test('encodes a WOPISrc once, whatever it holds', () => {
    const odd = 'https://host/wopi/files/a%20b?x=1&y=ü'
    const url = new URL(actionUrl(word, { WOPI_SOURCE: odd }))
    expect(url.searchParams.get('wopisrc')).toBe(odd)
  })

  test('opens no file where none is given', () => {
    expect(actionUrl('https://c.test/preload?<ui=UI_LLCC>', { WOPI_SOURCE: undefined, UI_LLCC: 'en' })).toBe(
      'https://c.test/preload?ui=en',
    )
  })

  test('carries parameters that no place was left for', () => {
    const url = actionUrl('https://c.test/cool.html?', { WOPI_SOURCE: file }, { permission: 'readonly', wdX: 'a b' })
    expect(url).toBe(`https://c.test/cool.html?WOPISrc=${encoded}&permission=readonly&wdX=a%20b`)
  })

  test('has each value under its name, whichever are given', () => {
    const names = Object.keys(placeholders) as Placeholder[]
    const text = fc.string({ unit: 'grapheme', minLength: 1 })
    const values = fc.record(Object.fromEntries(names.map((name) => [name, text])), { requiredKeys: ['WOPI_SOURCE'] })
    fc.assert(
      fc.property(values, fc.shuffledSubarray(names), fc.array(fc.boolean()), (given, places, closed) => {
        const urlsrc = places.map((name, at) => `<${name}=${name}${closed[at] && at === places.length - 1 ? '' : '&'}>`)
        const url = new URL(
          actionUrl(`https://c.test/?${urlsrc.join('')}`, { ...given, WOPI_SOURCE: given['WOPI_SOURCE'] }),
        )
        const expected = places
          .map((name) => [name, name === 'DC_LLCC' ? (given[name] ?? given['UI_LLCC']) : given[name]])
          .filter(([, value]) => value !== undefined)
        const source = places.includes('WOPI_SOURCE') ? [] : [['WOPISrc', given['WOPI_SOURCE']]]
        expect([...url.searchParams]).toEqual([...expected, ...source])
      }),
    )
  })
})
