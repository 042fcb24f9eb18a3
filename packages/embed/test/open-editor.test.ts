import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle, launch, openHostPage, serve, serveEditor } from './a-browser.ts'
import { editorPage } from './editor-page.ts'

let browser: Browser
let code: string
beforeAll(async () => {
  browser = await launch()
  code = await bundle()
})
afterAll(() => browser.close())

/**
 * Opens an editor on a page, and notes all that comes back in `window.said`. Whoever names a `patience` with an editor
 * that says nothing waits without end for its page to load, which may take long on a machine that has much else to do.
 */
const open = (page: Page, actionUrl: string, options: object = {}) =>
  page.evaluate(
    ([actionUrl, options]) => {
      const note = (kind: string) => (what: unknown) => Reflect.get(window, 'said').push([kind, what])
      const longest = Reflect.get(options, 'patience') ?? Number.POSITIVE_INFINITY
      const timer = (run: () => void, milliseconds: number) => {
        const id = milliseconds <= longest ? setTimeout(run, milliseconds) : undefined
        return () => clearTimeout(id)
      }
      const editor = Reflect.get(window, 'embed').openEditor({
        container: document.querySelector('main'),
        actionUrl,
        accessToken: 'secret token & more',
        accessTokenTtl: 1767225600000,
        title: 'Report.docx',
        onMessage: note('message'),
        onState: note('state'),
        onTrouble: note('trouble'),
        timer,
        ...Object(options),
      })
      Object.assign(window, { editor })
    },
    [actionUrl, options] as const,
  )

const said = (page: Page, kind: string): Promise<unknown[]> =>
  page.evaluate(
    (kind) =>
      Reflect.get(window, 'said')
        .filter(([one]: [string]) => one === kind)
        .map(([, what]: [string, unknown]) => what),
    kind,
  )
const waitFor = (page: Page, kind: string, text: string) =>
  page.waitForFunction(
    ([kind, text]) =>
      Reflect.get(window, 'said').some(
        ([one, what]: [string, unknown]) => one === kind && JSON.stringify(what).includes(text ?? ''),
      ),
    [kind, text],
  )
const inFrame = async (page: Page): Promise<Frame> => {
  const frame = await (await page.waitForSelector('iframe')).contentFrame()
  if (!frame) throw new Error('the frame has no page')
  return frame
}
/** What the editor has heard of a kind, once it has heard it so often. */
const heard = async (page: Page, id: string, times = 1) => {
  const frame = await inFrame(page)
  await frame.waitForFunction(
    ([id, times]) =>
      Reflect.get(window, 'heard')?.filter((one: { MessageId: string }) => one.MessageId === id).length >= times,
    [id, times] as const,
  )
  return frame.evaluate(
    (id) => Reflect.get(window, 'heard').filter((one: { MessageId: string }) => one.MessageId === id),
    id,
  )
}

test('the token travels in the body of a form, and nothing of it stays in the document', async () => {
  const editor = await serveEditor()
  const page = await openHostPage({ code, browser })
  await open(page, `${editor.origin}/edit?WOPISrc=x`, { fields: { user_id: 'ann' } })
  await waitFor(page, 'state', 'loaded')
  expect(editor.posted).toEqual([
    {
      url: '/edit?WOPISrc=x',
      body: 'user_id=ann&access_token=secret+token+%26+more&access_token_ttl=1767225600000',
      type: 'application/x-www-form-urlencoded',
    },
  ])
  expect(await page.content()).not.toContain('secret')
  expect(await page.locator('form, input').count()).toBe(0)
})

test('the frame is named, titled, sandboxed, and allowed what editors need', async () => {
  const editor = await serveEditor()
  const page = await openHostPage({ code, browser })
  await open(page, `${editor.origin}/edit?`)
  const frame = page.locator('main > iframe[name=office_frame]')
  expect(await frame.getAttribute('title')).toBe('Report.docx')
  expect(await frame.getAttribute('sandbox')).toContain('allow-scripts allow-same-origin allow-forms')
  expect(await frame.getAttribute('allow')).toContain(`clipboard-read ${editor.origin}`)
})

test('a load goes from created to ready to loaded, and the editor learns each time that the page listens', async () => {
  const editor = await serveEditor()
  const page = await openHostPage({ code, browser })
  await open(page, `${editor.origin}/edit?`)
  await waitFor(page, 'state', 'loaded')
  expect(await said(page, 'state')).toEqual(['ready', 'loaded'])
  await heard(page, 'Host_PostmessageReady', 3)
})

test('an editor that names no status has loaded with its first one', async () => {
  const editor = await serveEditor({ says: [{ MessageId: 'App_LoadingStatus', Values: { DocumentLoadedTime: 5 } }] })
  const page = await openHostPage({ code, browser })
  await open(page, `${editor.origin}/edit?`)
  await waitFor(page, 'state', 'loaded')
  expect(await said(page, 'state')).toEqual(['loaded'])
})

test('what is sent early waits until the document has loaded', async () => {
  const editor = await serveEditor({ says: [{ MessageId: 'App_LoadingStatus', Values: { Status: 'Frame_Ready' } }] })
  const page = await openHostPage({ code, browser })
  await open(page, `${editor.origin}/edit?`)
  await waitFor(page, 'state', 'ready')
  await page.evaluate("editor.send({ MessageId: 'Action_Save', Values: { Notify: true } })")
  const frame = await inFrame(page)
  expect(await frame.evaluate("heard.some((one) => one.MessageId === 'Action_Save')")).toBe(false)
  await frame.evaluate("say({ MessageId: 'App_LoadingStatus', Values: { Status: 'Document_Loaded' } })")
  expect(await heard(page, 'Action_Save')).toMatchObject([{ Values: { Notify: true } }])
})

test('messages come under their present names, and what is no message does not come', async () => {
  const editor = await serveEditor()
  const page = await openHostPage({ code, browser })
  await open(page, `${editor.origin}/edit?`)
  await waitFor(page, 'state', 'loaded')
  const frame = await inFrame(page)
  await frame.evaluate(`
    say({ MessageId: 'UI_Share' })
    say({ MessageId: 'rev-history' })
    say({ MessageId: 'View_Added', Values: { Deprecated: true, ViewId: 1 } })
    say('not json')
    say('{"MessageId":"File_Rename","Values":{"__proto__":{"NewName":"x"}}}')
    parent.postMessage({ MessageId: 'UI_Close' }, '*')
    say({ MessageId: 'Action_Save', Values: {} })
    say({ MessageId: 'Something_New', Values: { a: 1 } })
    say({ MessageId: 'close', Values: { EverModified: true } })
  `)
  await waitFor(page, 'state', 'closed')
  const ids = (await said(page, 'message')) as { MessageId?: string; unknownId?: string }[]
  expect(ids.slice(3).map(({ MessageId, unknownId }) => MessageId ?? `unknown ${unknownId}`)).toEqual([
    'UI_Sharing',
    'UI_FileVersions',
    'unknown Something_New',
    'UI_Close',
  ])
})

test('a message from another frame of the same origin is not heard', async () => {
  const editor = await serveEditor()
  const page = await openHostPage({ code, browser })
  await open(page, `${editor.origin}/edit?`)
  await waitFor(page, 'state', 'loaded')
  await page.evaluate((src) => {
    const other = document.createElement('iframe')
    other.src = src
    document.body.append(other)
    return new Promise((resolve) => other.addEventListener('load', resolve))
  }, `${editor.origin}/impostor`)
  await page.evaluate("postMessage(JSON.stringify({ MessageId: 'UI_Close', Values: {} }), '*')")
  const frame = await inFrame(page)
  await frame.evaluate("say({ MessageId: 'UI_Sharing' })")
  await waitFor(page, 'message', 'UI_Sharing')
  expect(await said(page, 'state')).not.toContain('closed')
})

test('a frame that speaks from another origin is not heard, and the page is told of both origins', async () => {
  const elsewhere = await serve((_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(editorPage({})),
  )
  const editor = await serveEditor({ isMute: true, movesTo: elsewhere.origin })
  const page = await openHostPage({ code, browser })
  await open(page, `${editor.origin}/edit?`)
  await waitFor(page, 'trouble', 'wrong-origin')
  expect(await said(page, 'trouble')).toEqual([{ is: 'wrong-origin', origin: editor.origin, actual: elsewhere.origin }])
  expect(await said(page, 'message')).toEqual([])
})

test('an editor that is not there is unreachable', async () => {
  const editor = await serveEditor()
  await editor.stop()
  const page = await openHostPage({ code, browser })
  await open(page, `${editor.origin}/edit?`)
  await waitFor(page, 'trouble', 'unreachable')
  expect(await said(page, 'trouble')).toEqual([{ is: 'unreachable', origin: editor.origin }])
})

test('an editor that refuses to be framed is there, but silent', async () => {
  const editor = await serveEditor({ headers: { 'Content-Security-Policy': "frame-ancestors 'none'" } })
  const page = await openHostPage({ code, browser })
  await open(page, `${editor.origin}/edit?`, { patience: 500 })
  await waitFor(page, 'trouble', 'silent')
})

test('an editor that speaks after all is heard after all', async () => {
  const editor = await serveEditor({ isMute: true })
  const page = await openHostPage({ code, browser })
  await open(page, `${editor.origin}/edit?`, { patience: 300 })
  await waitFor(page, 'trouble', 'silent')
  await (await inFrame(page)).evaluate("say({ MessageId: 'App_LoadingStatus', Values: {} })")
  await waitFor(page, 'state', 'loaded')
})

test.each(['frame-src', 'form-action'])('a page whose own %s forbids the editor is told so', async (directive) => {
  const editor = await serveEditor()
  const policy = `${directive} 'self'`
  const page = await openHostPage({ code, browser, policy })
  await open(page, `${editor.origin}/edit?`)
  await waitFor(page, 'trouble', 'blocked')
  expect(await said(page, 'trouble')).toEqual([{ is: 'blocked', origin: editor.origin, directive }])
})

test('a page that may not ask whether the editor is there does not say that it is not', async () => {
  const editor = await serveEditor({ isMute: true })
  const page = await openHostPage({ code, browser, policy: "connect-src 'self'" })
  await open(page, `${editor.origin}/edit?`, { patience: 300 })
  await waitFor(page, 'trouble', 'silent')
  expect(await said(page, 'trouble')).toEqual([{ is: 'silent', origin: editor.origin }])
})

test('what the editor says about a failure is passed on', async () => {
  const failed = { MessageId: 'Action_Load_Resp', Values: { success: false, errorMsg: 'The file is damaged.' } }
  const editor = await serveEditor({ says: [failed] })
  const page = await openHostPage({ code, browser })
  await open(page, `${editor.origin}/edit?`)
  await waitFor(page, 'trouble', 'failed')
  expect(await said(page, 'trouble')).toEqual([{ is: 'failed', message: 'The file is damaged.' }])
})

test('the page’s wd parameters go on to the editor, and those of the last session leave the address', async () => {
  const editor = await serveEditor()
  const page = await openHostPage({ code, browser, path: '/?wdOrigin=mail&wdPreviousSession=7&x=1' })
  await open(page, `${editor.origin}/edit?WOPISrc=x&wdOrigin=host`)
  await waitFor(page, 'state', 'loaded')
  expect(editor.posted[0]?.url).toBe('/edit?WOPISrc=x&wdOrigin=host&wdPreviousSession=7')
  expect(new URL(page.url()).search).toBe('?wdOrigin=mail&x=1')
})

test('a closed editor is gone from the page, and is not heard any more', async () => {
  const editor = await serveEditor()
  const page = await openHostPage({ code, browser })
  await open(page, `${editor.origin}/edit?`)
  await waitFor(page, 'state', 'loaded')
  await page.evaluate('editor.close()')
  expect(await page.locator('iframe').count()).toBe(0)
  expect(await said(page, 'state')).toEqual(['ready', 'loaded', 'closed'])
})

test('<openwopi-frame> opens what its form names, takes the form away, and tells what happens as events', async () => {
  const editor = await serveEditor()
  const body = `<openwopi-frame title="Report.docx"><form action="${editor.origin}/edit?">
    <input type="hidden" name="access_token" value="secret"><input type="hidden" name="access_token_ttl" value="7">
    <input type="hidden" name="ui_defaults" value="UIMode=compact"></form></openwopi-frame>`
  const page = await openHostPage({ code, browser, body })
  await page.evaluate(() => {
    document
      .querySelector('openwopi-frame')
      ?.addEventListener('editor-state', (event) =>
        Reflect.get(window, 'said').push(['state', Reflect.get(event, 'detail')]),
      )
    Reflect.get(window, 'embed').defineOpenWopiFrame()
  })
  await waitFor(page, 'state', 'loaded')
  expect(editor.posted[0]?.body).toBe('ui_defaults=UIMode%3Dcompact&access_token=secret&access_token_ttl=7')
  expect(await page.content()).not.toContain('secret')
  await page.evaluate("document.querySelector('openwopi-frame').remove()")
  expect(await said(page, 'state')).toEqual(['ready', 'loaded', 'closed'])
})
