/** What a row of the action table says. */
interface ActionRow {
  /** Whether it writes: into the file, or a new one beside it. */
  readonly writes: boolean
  readonly says: string
}

/** The names of actions that discovery documents use. Clients may add their own. */
// biome-ignore format: a row reads as a row
export const actions = {
  view: { writes: false, says: 'Shows the document.' },
  view_comment: { writes: false, says: 'Shows the document and its comments; Collabora names it for PDF.' },
  mobileView: { writes: false, says: 'Shows the document on a phone.' },
  embedview: { writes: false, says: 'Shows the document inside a page of another site.' },
  imagepreview: { writes: false, says: 'Shows a picture of the document.' },
  interactivepreview: { writes: false, says: 'Shows a preview that reacts to the reader.' },
  embedpreview: { writes: false, says: 'Shows a preview inside another page; not documented.' },
  edit: { writes: true, says: 'Edits the document.' },
  mobileEdit: { writes: true, says: 'Edits the document on a phone.' },
  embededit: { writes: true, says: 'Edits the document inside a page of another site.' },
  editnew: { writes: true, says: 'Fills an empty file from the client’s template and edits it.' },
  convert: { writes: true, says: 'Makes a file of a newer format beside this one and edits that.' },
  formsubmit: { writes: true, says: 'Fills in a form.' },
  formedit: { writes: true, says: 'Edits a form.' },
  formpreview: { writes: false, says: 'Shows a form as whoever fills it in will see it.' },
  rest: { writes: false, says: 'Gives programs access to parts of a spreadsheet.' },
  getinfo: { writes: false, says: 'Tells about the client: capabilities, or the addresses of its validator.' },
  preloadview: { writes: false, says: 'Loads what viewing will need ahead of time, without a document or token.' },
  preloadedit: { writes: false, says: 'Loads what editing will need ahead of time, without a document or token.' },
  preloadunifiedapp: { writes: false, says: 'Loads an app ahead of time; not documented.' },
  present: { writes: false, says: 'Presents slides to an audience elsewhere.' },
  presentservice: { writes: false, says: 'The service behind present.' },
  attend: { writes: false, says: 'Watches slides that someone presents.' },
  attendservice: { writes: false, says: 'The service behind attend.' },
  mobileclient: { writes: true, says: 'Opens the document in a program on a phone.' },
  syndicate: { writes: false, says: 'Shows a part of a spreadsheet in a page of the host.' },
  legacywebservice: { writes: false, says: 'An older web service for spreadsheets.' },
  rtc: { writes: true, says: 'The channel over which people type together.' },
  collab: { writes: true, says: 'The service through which people edit together.' },
  documentchat: { writes: false, says: 'A chat beside the document.' },
  open: { writes: false, says: 'Opens the document; not documented.' },
  embedconfigurator: { writes: false, says: 'Makes the code that embeds a document; not documented.' },
  iframe: { writes: false, says: 'A page of Collabora’s settings.' },
} as const satisfies Record<string, ActionRow>

/** An action that discovery documents name. */
export type ActionName = keyof typeof actions

interface PlaceholderRow {
  /** The query parameter it usually fills. */
  readonly parameter: string
  readonly says: string
}

/** What an action's address leaves to be filled in. */
// biome-ignore format: a row reads as a row
export const placeholders = {
  WOPI_SOURCE: { parameter: 'wopisrc', says: 'The WOPISrc of the file. Appended as `WOPISrc` where the address has no place for it.' },
  UI_LLCC: { parameter: 'ui', says: 'The language of menus and messages, such as `en-US`.' },
  DC_LLCC: { parameter: 'rs', says: 'The language in which data is calculated and sorted; that of the menus if not given.' },
  SESSION_CONTEXT: { parameter: 'sc', says: 'Any text; it comes back in X-WOPI-SessionContext.' },
  HOST_SESSION_ID: { parameter: 'hid', says: 'The host’s name for this session, for support.' },
  BUSINESS_USER: { parameter: 'IsLicensedUser', says: '`1` for a user whose licence the client shall check.' },
  DISABLE_CHAT: { parameter: 'dchat', says: '`1` to have no chat.' },
  THEME_ID: { parameter: 'thm', says: '`1` for light, `2` for dark.' },
  EMBEDDED: { parameter: 'e', says: '`true` when the frame stands in a page of another site; ONLYOFFICE wants `1`.' },
  FULLSCREEN: { parameter: 'fs', says: '`true` to fill the screen.' },
  RECORDING: { parameter: 'rec', says: '`true` to record a broadcast.' },
  DISABLE_ASYNC: { parameter: 'na', says: '`true` to keep those who attend on the presenter’s slide.' },
  DISABLE_BROADCAST: { parameter: 'vp', says: '`true` to have no broadcast.' },
  PERFSTATS: { parameter: 'showpagestats', says: 'Shows timings; not documented.' },
  ACTIVITY_NAVIGATION_ID: { parameter: 'actnavid', says: 'The place in the document that an activity is about.' },
  VALIDATOR_TEST_CATEGORY: { parameter: 'testcategory', says: 'Which tests the validator runs: `All`, `OfficeOnline` or `OfficeNativeClient`.' },
} as const satisfies Record<string, PlaceholderRow>

/** A placeholder in an action's address. */
export type Placeholder = keyof typeof placeholders

/** What to fill in. `WOPI_SOURCE` is `undefined` only for actions that open no file, such as `preloadedit`. */
export type PlaceholderValues = { readonly [P in Exclude<Placeholder, 'WOPI_SOURCE'>]?: string | undefined } & {
  readonly WOPI_SOURCE: string | undefined
}

/** The longest action URL that Microsoft 365 takes, in characters. */
export const longestActionUrl = 2048

/**
 * The address to send the browser to: an action's `urlsrc`, filled in. Values are percent-encoded here; those that are
 * absent take their parameter with them. `more` is added at the end, as Collabora's `permission` or a host page's `wd…`.
 */
export function actionUrl(
  urlsrc: string,
  values: PlaceholderValues,
  more: Readonly<Record<string, string>> = {},
): string {
  const given: Readonly<Record<string, string | undefined>> = { ...values, DC_LLCC: values.DC_LLCC ?? values.UI_LLCC }
  const filled = urlsrc.replace(/<([^<>=]+)=([^<>=&]+)(&?)>/g, (_, name: string, placeholder: string, end: string) => {
    const value = Object.hasOwn(placeholders, placeholder) ? given[placeholder] : undefined
    return value === undefined ? '' : `${name}=${encodeURIComponent(value)}${end}`
  })
  const hasItsPlace = /=WOPI_SOURCE&?>/.test(urlsrc)
  const source = values.WOPI_SOURCE === undefined || hasItsPlace ? {} : { WOPISrc: values.WOPI_SOURCE }
  return appendQuery(filled.replace(/[&?]+$/, ''), { ...source, ...more })
}

function appendQuery(url: string, parameters: Readonly<Record<string, string>>): string {
  const query = Object.entries(parameters).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  )
  if (query.length === 0) return url
  return `${url}${url.includes('?') ? '&' : '?'}${query.join('&')}`
}
