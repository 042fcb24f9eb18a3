import { describe, expect, test } from 'vitest'
import { type Action, type App, type Discovery, pickAction, type Wish } from '../src/index.ts'

const action = (name: string, ext: string, more: Partial<Action> = {}): Action => ({
  name,
  ext,
  requires: [],
  urlsrc: `https://c.test/${name}/${ext}`,
  default: false,
  useParent: false,
  ...more,
})
const app = (name: string, ...actions: Action[]): App => ({ name, actions })
const zone = (name: string, ...apps: App[]) => ({ name, apps })
const client = (...apps: App[]): Discovery => ({ zones: [zone('external-https', ...apps)] })
const offers = new Set(['locks', 'update'])
const pick = (discovery: Discovery, wish: Partial<Wish>) => {
  const picked = pickAction(discovery, { extension: 'docx', wanted: 'edit', canWrite: true, offers, ...wish })
  return picked && { url: picked.action.urlsrc, isReadOnly: picked.isReadOnly }
}

const locks = { requires: ['locks', 'update'] }
const microsoft = client(
  app(
    'Word',
    action('view', 'docx'),
    action('edit', 'docx', locks),
    action('editnew', 'docx', locks),
    action('view', 'doc'),
  ),
  app('Notes', action('view', 'onetoc2', { requires: ['cobalt', 'containers'] })),
)

describe('the action for a file', () => {
  test('edits it where the user can write', () => {
    expect(pick(microsoft, {})).toEqual({ url: 'https://c.test/edit/docx', isReadOnly: false })
    expect(pick(microsoft, { extension: '.DOCX' })).toEqual({ url: 'https://c.test/edit/docx', isReadOnly: false })
  })

  test('shows it where the user cannot write, or did not want to', () => {
    expect(pick(microsoft, { canWrite: false })).toEqual({ url: 'https://c.test/view/docx', isReadOnly: true })
    expect(pick(microsoft, { wanted: 'view' })).toEqual({ url: 'https://c.test/view/docx', isReadOnly: true })
    expect(pick(microsoft, { wanted: 'editnew', canWrite: false })).toEqual({
      url: 'https://c.test/view/docx',
      isReadOnly: true,
    })
  })

  test('shows it where the client cannot edit it, or the host does not offer what editing takes', () => {
    expect(pick(microsoft, { extension: 'doc' })).toEqual({ url: 'https://c.test/view/doc', isReadOnly: true })
    expect(pick(microsoft, { offers: new Set(['update']) })).toEqual({
      url: 'https://c.test/view/docx',
      isReadOnly: true,
    })
  })

  test('fills an empty file from the client’s template where it has one', () => {
    expect(pick(microsoft, { fileIsEmpty: true })).toEqual({ url: 'https://c.test/editnew/docx', isReadOnly: false })
    const collabora = client(app('writer', action('edit', 'docx')))
    expect(pick(collabora, { fileIsEmpty: true })).toEqual({ url: 'https://c.test/edit/docx', isReadOnly: false })
    expect(pick(collabora, { wanted: 'editnew' })).toEqual({ url: 'https://c.test/edit/docx', isReadOnly: false })
  })

  test('shows a file by whatever the client has: view, view_comment, edit read-only, embedview', () => {
    const wish = { wanted: 'view', extension: 'x' }
    const names = ['embedview', 'edit', 'view_comment', 'view']
    const actions: Action[] = []
    for (const name of names) {
      actions.push(action(name, 'x'))
      expect(pick(client(app('a', ...actions)), wish)).toEqual({ url: `https://c.test/${name}/x`, isReadOnly: true })
    }
  })

  test('is none where the client has none, or the host offers too little for all', () => {
    expect(pick(microsoft, { extension: 'zip' })).toBeUndefined()
    expect(pick(microsoft, { extension: 'onetoc2' })).toBeUndefined()
    expect(pick(microsoft, { extension: '' })).toBeUndefined()
    expect(pick(client(app('a', action('edit', 'x', { requires: ['magic'] }))), { extension: 'x' })).toBeUndefined()
  })

  test('is found by its name in any case, and is read-only unless it writes', () => {
    const mobile = client(app('a', action('mobileView', 'x'), action('mobileEdit', 'x'), action('embedview', 'x')))
    expect(pick(mobile, { extension: 'x', wanted: 'mobileview' })).toEqual({
      url: 'https://c.test/mobileView/x',
      isReadOnly: true,
    })
    expect(pick(mobile, { extension: 'x', wanted: 'MOBILEEDIT' })).toEqual({
      url: 'https://c.test/mobileEdit/x',
      isReadOnly: false,
    })
    expect(pick(mobile, { extension: 'x', wanted: 'embedview' })?.isReadOnly).toBe(true)
    expect(pick(mobile, { extension: 'x', wanted: 'convert' })).toBeUndefined()
  })

  test('is the client’s default among several, else the first', () => {
    const first = action('view', 'pdf', { urlsrc: 'https://c.test/first' })
    const second = action('view', 'pdf', { urlsrc: 'https://c.test/second' })
    const wish = { extension: 'pdf', wanted: 'view' }
    expect(pick(client(app('a', first), app('b', second)), wish)?.url).toBe('https://c.test/first')
    expect(pick(client(app('a', first), app('b', { ...second, default: true })), wish)?.url).toBe(
      'https://c.test/second',
    )
  })

  test('is found by media type where the client does not list the extension', () => {
    const mediaType = 'application/vnd.oasis.opendocument.text'
    const collabora = client(app('writer', action('edit', 'odt')), app(mediaType, action('edit', '')))
    expect(pick(collabora, { extension: 'odt', mediaType })?.url).toBe('https://c.test/edit/odt')
    expect(pick(collabora, { extension: 'fodt', mediaType })?.url).toBe('https://c.test/edit/')
    expect(pick(collabora, { extension: 'fodt' })).toBeUndefined()
  })

  test('is reached from outside by TLS where it can be', () => {
    const names = ['internal-http', 'mars', 'internal-https', 'external-http', 'external-https']
    const zones = names.map((name) => zone(name, app('a', action('view', 'x', { urlsrc: `https://c.test/${name}` }))))
    const order = ['external-https', 'external-http', 'internal-https', 'internal-http', 'mars']
    for (const [at, name] of order.entries()) {
      const left = zones.filter((candidate) => !order.slice(0, at).includes(candidate.name))
      expect(pick({ zones: left }, { extension: 'x', wanted: 'view' })?.url).toBe(`https://c.test/${name}`)
    }
  })

  test('edits from a lesser zone rather than shows from a better one', () => {
    const zones = [
      zone('external-https', app('a', action('view', 'x'))),
      zone('internal-http', app('a', action('edit', 'x'))),
    ]
    expect(pick({ zones }, { extension: 'x' })).toEqual({ url: 'https://c.test/edit/x', isReadOnly: false })
  })
})
