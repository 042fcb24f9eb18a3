import { type Action, type App, type ProofKeys, writeDiscovery } from '@openwopi/protocol'
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

const describe = (app: DocumentApp, url: string): App => ({
  name: app.name,
  favIconUrl: `${url}/icons/${app.icon}.svg`,
  actions: app.extensions.flatMap((ext) => (app.canEdit ? editable(ext, url) : viewable(ext, url))),
})

const action = (name: string, ext: string, urlsrc: string): Action => ({
  name,
  ext,
  urlsrc,
  requires: [],
  default: false,
  useParent: false,
})

const viewable = (ext: string, url: string): Action[] => [
  { ...action('view', ext, `${url}/view?${placeholders}`), default: true },
  action('embedview', ext, `${url}/view?embed=1&${placeholders}`),
]

const editable = (ext: string, url: string): Action[] => [
  action('view', ext, `${url}/view?${placeholders}`),
  action('embedview', ext, `${url}/view?embed=1&${placeholders}`),
  { ...action('edit', ext, `${url}/edit?${placeholders}`), default: true, requires: ['locks', 'update'] },
  { ...action('editnew', ext, `${url}/edit?${placeholders}`), requires: ['locks', 'update'] },
]

const capabilities = (url: string): App => ({
  name: 'Capabilities',
  actions: [action('getinfo', '', `${url}/hosting/capabilities`)],
})
