import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Action,
  type App,
  actionUrl,
  type Discovery,
  disagreeingKeys,
  publicKeyBlob,
  readDiscovery,
  writeDiscovery,
} from '../src/index.ts'
import { discoveryKeys } from './proof-vectors.ts'

const view = '<action name="view" ext="docx" urlsrc="https://c.test/view?"/>'
const document = (inside: string) => `<wopi-discovery>${inside}</wopi-discovery>`
const withApp = (actions: string) =>
  document(`<net-zone name="external-https"><app name="Word">${actions}</app></net-zone>`)
const actionsOf = ({ zones }: Discovery) => zones.flatMap(({ apps }) => apps.flatMap((app) => app.actions))
const only = (xml: string): Action => {
  const [action, ...others] = actionsOf(readDiscovery(xml))
  if (!action || others.length > 0) throw new Error('there is not one action')
  return action
}

describe('a discovery document', () => {
  test('says what a client can do', () => {
    const xml = `<?xml version="1.0" encoding="utf-8"?>
      <wopi-discovery>
        <net-zone name="external-https">
          <app name="Text" favIconUrl="https://office.example.test/text.ico" checkLicense="true">
            <action name="edit" ext="docx" default="true" requires="locks,update"
              urlsrc="https://office.example.test/edit?&lt;ui=UI_LLCC&amp;&gt;&lt;wopisrc=WOPI_SOURCE&amp;&gt;"/>
            <action name="editnew" ext="dotx" newext="docx" urlsrc="https://office.example.test/new"/>
            <action name="convert" ext="doc" targetext="docx" urlsrc="https://office.example.test/convert"/>
          </app>
          <app name="Notebook">
            <action name="editnew" progid="Notes" newprogid="Notes.New" useParent="true" urlsrc="https://office.example.test/n"/>
          </app>
        </net-zone>
      </wopi-discovery>`
    const plain = { requires: [], default: false, useParent: false }
    const discovery: Discovery = {
      zones: [
        {
          name: 'external-https',
          apps: [
            {
              name: 'Text',
              favIconUrl: 'https://office.example.test/text.ico',
              actions: [
                {
                  ...plain,
                  name: 'edit',
                  ext: 'docx',
                  requires: ['locks', 'update'],
                  default: true,
                  urlsrc: 'https://office.example.test/edit?<ui=UI_LLCC&><wopisrc=WOPI_SOURCE&>',
                },
                { ...plain, name: 'editnew', ext: 'dotx', newext: 'docx', urlsrc: 'https://office.example.test/new' },
                {
                  ...plain,
                  name: 'convert',
                  ext: 'doc',
                  targetext: 'docx',
                  urlsrc: 'https://office.example.test/convert',
                },
              ],
            },
            {
              name: 'Notebook',
              actions: [
                {
                  ...plain,
                  name: 'editnew',
                  progid: 'Notes',
                  newprogid: 'Notes.New',
                  useParent: true,
                  urlsrc: 'https://office.example.test/n',
                },
              ],
            },
          ],
        },
      ],
    }
    expect(readDiscovery(xml)).toEqual(discovery)
  })

  test('may start with a byte order mark, end its lines with CRLF and quote as it likes', () => {
    const xml = `\ufeff<?xml version='1.0' encoding='utf-8'?>\r\n<wopi-discovery>\r\n<net-zone name='external-http'>\r\n
      <app\r\n name='Word'>\r\n<action urlsrc='https://c.test/"x"?'\r\n ext='docx' name='view'/>\r\n</app></net-zone></wopi-discovery>\r\n`
    expect(only(xml)).toMatchObject({ name: 'view', ext: 'docx', urlsrc: 'https://c.test/"x"?' })
  })

  test('may break the line within an address', () => {
    const xml = withApp(
      '<action name="view" ext="docx" urlsrc="\n  https://c.test/view?\n  &lt;ui=UI_LLCC&amp;&gt;\n"/>',
    )
    expect(only(xml).urlsrc).toBe('https://c.test/view?<ui=UI_LLCC&>')
  })

  test('may escape an address twice', () => {
    const xml = withApp('<action name="view" ext="docx" urlsrc="https://c.test/?&amp;lt;ui=UI_LLCC&amp;amp;&amp;gt;"/>')
    expect(only(xml).urlsrc).toBe('https://c.test/?<ui=UI_LLCC&>')
  })

  test('may spell extensions, requirements and booleans in many ways', () => {
    const action =
      '<action name="edit" ext=".DOCX" requires=" Update, locks ,, " default="1" urlsrc="https://c.test/"/>'
    expect(only(withApp(action))).toMatchObject({ ext: 'docx', requires: ['update', 'locks'], default: true })
  })

  test('may hold what nobody knows', () => {
    const xml = document(`<!-- so --><?so and="so"?><news since="1"><app name="no"><action name="view" ext="a"
      urlsrc="https://c.test/"/></app></news><net-zone name="mars-https" mood="good"><app name="Word"><settings/>
      <action name="levitate" ext="docx" requires="magic" urlsrc="https://c.test/up" speed="9"><more/></action></app>
      </net-zone><net-zone name="internal-http"/>`)
    expect(readDiscovery(xml).zones).toEqual([
      {
        name: 'mars-https',
        apps: [
          {
            name: 'Word',
            actions: [
              {
                name: 'levitate',
                ext: 'docx',
                requires: ['magic'],
                urlsrc: 'https://c.test/up',
                default: false,
                useParent: false,
              },
            ],
          },
        ],
      },
    ])
  })

  test.each([
    ['javascript:', '<action name="edit" ext="docx" urlsrc="javascript:alert(1)"/>'],
    ['data:', '<action name="edit" ext="docx" urlsrc="data:text/html,x"/>'],
    ['a path alone', '<action name="edit" ext="docx" urlsrc="/edit"/>'],
    ['nothing', '<action name="edit" ext="docx"/>'],
    ['an address without a name', '<action ext="docx" urlsrc="https://c.test/"/>'],
  ])('never sends a browser to %s', (_, action) => {
    expect(only(withApp(view + action)).name).toBe('view')
  })

  test('has no icon that is not on the web', () => {
    const xml = document(
      `<net-zone name="x"><app name="Word" favIconUrl="javascript:alert(1)">${view}</app></net-zone>`,
    )
    expect(readDiscovery(xml).zones[0]?.apps[0]).not.toHaveProperty('favIconUrl')
  })
})

describe('what is no discovery document', () => {
  const deep = `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`
  const bomb = `<!DOCTYPE lolz [<!ENTITY a "lol">${'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'.repeat(50)}]>`

  test.each([
    ['an HTML page', 'an HTML page', '<!DOCTYPE html><html><body>Sign in</body></html>'],
    ['an HTML page without DOCTYPE', '<html>', '<html><body><br></body></html>'],
    ['another kind of XML', '<svg>', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['JSON', 'no XML (', '{"error":"not found"}'],
    ['nothing', 'no XML (', ''],
    ['half of one', 'no XML (', withApp(view).slice(0, -20)],
    ['an entity bomb', 'a DOCTYPE, which is not read', bomb + withApp(view)],
    [
      'a document that wants other files read',
      'a DOCTYPE, which is not read',
      `<!DOCTYPE x SYSTEM "file:///etc/passwd">${withApp(view)}`,
    ],
    [
      'an entity that nobody has defined',
      'no XML (',
      withApp('<action name="&xxe;" ext="a" urlsrc="https://c.test/"/>'),
    ],
    ['one without actions', 'no action in it', document('<net-zone name="external-https"/>')],
    ['one nested without end', 'elements more than 32 deep', document(deep)],
    [
      'one with attributes without end',
      'more than 64 attributes',
      document(`<a ${Array.from({ length: 99 }, (_, at) => `a${at}=""`).join(' ')}/>`),
    ],
    [
      'one with an endless attribute',
      'an attribute of more than 8192 characters',
      document(`<a b="${'x'.repeat(9000)}"/>`),
    ],
    ['one of 10 MB', 'more than 5242880 characters', withApp(view + ' '.repeat(10 * 1024 * 1024))],
    ['two in one', 'no XML (', withApp(view) + withApp(view)],
    ['an attribute given twice', 'no XML (', withApp('<action name="a" name="b" ext="a" urlsrc="https://c.test/"/>')],
  ])('%s is refused: found %s', (_, found, xml) => {
    expect(() => readDiscovery(xml)).toThrow(SyntaxError)
    expect(() => readDiscovery(xml)).toThrow(`not a WOPI discovery document: found ${found}`)
  })

  test('whatever arrives is either understood or refused as malformed', () => {
    const pieces = ['<wopi-discovery>', '</wopi-discovery>', '<net-zone name="a">', '<app name="b">', '</app>', view]
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces, '</net-zone>', '<proof-key modulus="A"/>'), fc.string()))
    fc.assert(
      fc.property(text, (parts) => {
        try {
          readDiscovery(parts.join(''))
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
        }
      }),
    )
  })
})

describe('proof keys in discovery', () => {
  const { current, old } = discoveryKeys
  const read = (attributes: string) =>
    readDiscovery(document(`<net-zone name="x"><app name="Word">${view}</app></net-zone><proof-key ${attributes}/>`))
      .proofKeys
  const now = `value="" modulus="${current.modulus}" exponent="AQAB"`

  test('are the one at work and the one before', () => {
    expect(read(`${now} oldvalue="" oldmodulus="${old?.modulus}" oldexponent="AQAB"`)).toEqual(discoveryKeys)
  })

  test.each(['', 'oldvalue="" oldmodulus="" oldexponent=""', `oldmodulus="${current.modulus}" oldexponent="AQAB"`])(
    'may have no one before: %.30s',
    (attributes) => {
      expect(read(`${now} ${attributes}`)).toEqual({ current })
    },
  )

  test('may be those of several machines, each with its own; the same ones twice count once', () => {
    const line = (modulus: string) => `<proof-key modulus="${modulus}" exponent="AQAB"/>`
    const app = `<net-zone name="x"><app name="Word">${view}</app></net-zone>`
    const lines = [current, old, current].map((key) => line(key?.modulus ?? '')).join('')
    const { proofKeys } = readDiscovery(document(app + lines))
    expect(proofKeys).toEqual({ current, others: [{ current: old }] })
    const many = Array.from({ length: 20 }, (_, i) =>
      line(Buffer.concat([Buffer.alloc(255, 128 + i), Buffer.of(1)]).toString('base64')),
    )
    expect(() => readDiscovery(document(app + many.join('')))).toThrow('proof keys of more than 16 machines')
  })

  test('may be missing altogether', () => {
    expect(readDiscovery(withApp(view))).not.toHaveProperty('proofKeys')
    expect(read('value="" modulus="" exponent=""')).toBeUndefined()
  })

  test('that cannot be keys make the whole document bad: without them requests would go unchecked', () => {
    expect(() => read('modulus="AAAA" exponent="AQAB"')).toThrow('the proof key has 0 bits')
    expect(() => read(`modulus="${current.modulus}" exponent=""`)).toThrow('the exponent of the proof key')
    expect(() => read(`${now} oldmodulus="%" oldexponent="AQAB"`)).toThrow('the modulus of the proof key is not Base64')
  })
})

describe('a key that is spelt in two ways', () => {
  const { current, old } = discoveryKeys
  const line = (value: string, more = '') =>
    document(`<proof-key value="${value}" modulus="${current.modulus}" exponent="AQAB" ${more}/>`)

  test('agrees with itself, also where a program writes another algorithm into the blob or leaves one of them out', () => {
    const blob = publicKeyBlob(current)
    const forSigning = Buffer.from(blob, 'base64')
    forSigning.writeUInt32LE(0x2400, 4)
    for (const xml of [line(blob), line(forSigning.toString('base64')), line(''), document('')]) {
      expect(disagreeingKeys(xml)).toEqual([])
    }
  })

  test('is found where it does not agree with itself', () => {
    const other = publicKeyBlob(old ?? current)
    expect(disagreeingKeys(line(other))).toEqual(['value'])
    expect(disagreeingKeys(line('no Base64!'))).toEqual(['value'])
    const wrongOld = `oldvalue="${other}" oldmodulus="${current.modulus}" oldexponent="AQAB"`
    expect(disagreeingKeys(line(publicKeyBlob(current), wrongOld))).toEqual(['oldvalue'])
  })
})

describe('a discovery document of our own', () => {
  const text = fc.stringMatching(/^[a-z0-9<>&"'é]([a-z0-9 <>&"'é/.-]*[a-z0-9<>&"'é])?$/)
  const word = fc.stringMatching(/^[a-z0-9]+$/)
  const url = fc.webUrl({ withQueryParameters: true })
  const optionalText = (value: fc.Arbitrary<string>) => fc.option(value, { nil: undefined })
  const action = fc
    .record({
      name: text,
      ext: optionalText(word),
      progid: optionalText(text),
      requires: fc.array(word),
      urlsrc: url.map((value) => `${value}?<ui=UI_LLCC&><wopisrc=WOPI_SOURCE&>"'`),
      default: fc.boolean(),
      targetext: optionalText(word),
      newext: optionalText(word),
      newprogid: optionalText(text),
      useParent: fc.boolean(),
    })
    .map(withoutUndefined<Action>)
  const app = fc
    .record({ name: text, favIconUrl: optionalText(url), actions: fc.array(action, { minLength: 1 }) })
    .map(withoutUndefined<App>)
  const zone = fc.record({ name: text, apps: fc.array(app, { minLength: 1 }) })
  const others = discoveryKeys.old ? [{ current: discoveryKeys.old }] : []
  const keys = fc.constantFrom(undefined, discoveryKeys, { current: discoveryKeys.current, others })

  test('is understood as it was meant', () => {
    fc.assert(
      fc.property(fc.array(zone, { minLength: 1 }), keys, (zones, proofKeys) => {
        const discovery: Discovery = { zones, ...(proofKeys ? { proofKeys } : {}) }
        expect(readDiscovery(writeDiscovery(discovery))).toEqual(discovery)
      }),
    )
  })

  test('has all six attributes of the proof key, as strict hosts want', () => {
    const xml = writeDiscovery({ zones: [], proofKeys: { current: discoveryKeys.current } })
    for (const name of ['value', 'modulus', 'exponent']) {
      const [, value] = new RegExp(` ${name}="([^"]+)"`).exec(xml) ?? []
      expect(value).toBeTruthy()
      expect(xml).toContain(` old${name}="${value}"`)
    }
  })

  test('cannot hold what XML cannot', () => {
    expect(() => writeDiscovery({ zones: [{ name: 'a\0b', apps: [] }] })).toThrow(SyntaxError)
  })

  test('leads a browser to where its template says', () => {
    const urlsrc = 'https://office.example.test/edit?new=1&<ui=UI_LLCC&><wopisrc=WOPI_SOURCE&>'
    const plain = { requires: [], default: false, useParent: false }
    const apps = [{ name: 'Word', actions: [{ ...plain, name: 'edit', ext: 'docx', urlsrc }] }]
    const read = only(writeDiscovery({ zones: [{ name: 'external-https', apps }] }))
    expect(actionUrl(read.urlsrc, { WOPI_SOURCE: 'https://host/wopi/files/1', UI_LLCC: 'en' })).toBe(
      'https://office.example.test/edit?new=1&ui=en&wopisrc=https%3A%2F%2Fhost%2Fwopi%2Ffiles%2F1',
    )
  })
})

function withoutUndefined<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T
}
