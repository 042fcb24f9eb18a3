import { type Action, type App, type ProofKeys, writeDiscovery } from '@openwopi/protocol'
import { modernFor } from './converter/modern.ts'
import type { DocumentApp } from './documents/apps.ts'

const placeholders = [
  '<ui=UI_LLCC&>',
  '<rs=DC_LLCC&>',
  '<dchat=DISABLE_CHAT&>',
  '<hid=HOST_SESSION_ID&>',
  '<sc=SESSION_CONTEXT&>',
  '<thm=THEME_ID&>',
  '<wopisrc=WOPI_SOURCE&>',
].join('')

/** The discovery document: what this client opens, where, and by which keys a host knows its requests. */
export const discovery = (url: string, apps: readonly DocumentApp[], proofKeys: ProofKeys): string =>
  writeDiscovery({
    zones: [
      {
        name: url.startsWith('https:') ? 'external-https' : 'external-http',
        apps: [...apps.map((app) => describe(app, url)), capabilities(url)],
      },
    ],
    proofKeys,
  })

/** What is shown as pages can be copied into a format that is edited. */
function convertible(ext: string, url: string): Action[] {
  const targetext = modernFor(ext)
  if (!targetext) return viewable(ext, url)
  const convert = action('convert', ext, `${url}/convert?${placeholders}`)
  return [...viewable(ext, url), { ...convert, targetext, requires: ['update'] }]
}

const actionsOf = (app: DocumentApp, ext: string, url: string): Action[] =>
  app.isMostlyRead
    ? changeable(ext, url)
    : app.canEdit
      ? editable(ext, url)
      : app.isConverted
        ? convertible(ext, url)
        : viewable(ext, url)

const describe = (app: DocumentApp, url: string): App => ({
  name: app.name,
  favIconUrl: `${url}/icons/${app.icon}.svg`,
  actions: app.extensions.flatMap((ext) => actionsOf(app, ext, url)),
})

const action = (name: string, ext: string, urlsrc: string): Action => ({
  name,
  ext,
  urlsrc,
  requires: [],
  default: false,
  useParent: false,
})

/** The same document inside another page, by itself, and under fingers. */
const smaller = (ext: string, url: string): Action[] => [
  action('embedview', ext, `${url}/view?embed=1&${placeholders}`),
  action('interactivepreview', ext, `${url}/view?preview=1&${placeholders}`),
  action('mobileView', ext, `${url}/view?mobile=1&${placeholders}`),
]

const mobileEdit = (ext: string, url: string): Action => ({
  ...action('mobileEdit', ext, `${url}/edit?mobile=1&${placeholders}`),
  requires: ['locks', 'update'],
})

const viewable = (ext: string, url: string): Action[] => [
  { ...action('view', ext, `${url}/view?${placeholders}`), default: true },
  ...smaller(ext, url),
]

const editable = (ext: string, url: string): Action[] => [
  action('view', ext, `${url}/view?${placeholders}`),
  ...smaller(ext, url),
  { ...action('edit', ext, `${url}/edit?${placeholders}`), default: true, requires: ['locks', 'update'] },
  { ...action('editnew', ext, `${url}/edit?${placeholders}`), requires: ['locks', 'update'] },
  mobileEdit(ext, url),
]

/** What is read first, and changed where someone wants that. */
const changeable = (ext: string, url: string): Action[] => [
  ...viewable(ext, url),
  { ...action('edit', ext, `${url}/edit?${placeholders}`), requires: ['locks', 'update'] },
  mobileEdit(ext, url),
]

const capabilities = (url: string): App => ({
  name: 'Capabilities',
  actions: [action('getinfo', '', `${url}/hosting/capabilities`)],
})
