// The reference under docs/reference, made from the tables of the protocol package.

const intro = 'Made from the tables of `@openwopi/protocol` by `npm run docs`; change it there.'
const editorNames = { m365: 'Microsoft', collabora: 'Collabora', onlyoffice: 'ONLYOFFICE' }

export const code = (text) => `\`${text}\``
const list = (items, none = '') => (items.length > 0 ? items.join(', ') : none)
const cell = (text) => String(text).replaceAll('|', '\\|')
const page = (title, ...blocks) => `${[`# ${title}`, intro, ...blocks].join('\n\n')}\n`
const editors = (names) => list(names.map((name) => editorNames[name]))

/** A table whose columns are as wide as their widest cell. */
export function table(head, rows) {
  const cells = [head, ...rows].map((row) => row.map(cell))
  const widths = head.map((_, at) => Math.max(3, ...cells.map((row) => row[at].length)))
  const line = (row) => `| ${row.map((text, at) => text.padEnd(widths[at])).join(' | ')} |`
  const [first, ...others] = cells.map(line)
  return [first, line(widths.map((width) => '-'.repeat(width))), ...others].join('\n')
}

/** The pages by their file names. `protocol` is the package as it is imported. */
export const referencePages = (protocol) => ({
  'operations.md': operations(protocol),
  'failures.md': failures(protocol),
  'check-file-info.md': checkFileInfo(protocol),
  'check-container-info.md': checkContainerInfo(protocol),
  'check-folder-info.md': checkFolderInfo(protocol),
  'actions.md': actions(protocol),
  'post-messages.md': postMessages(protocol),
})

function operations({ operationEntries, roots, anyOperationFails }) {
  const shared = `Each operation can also fail with ${list(anyOperationFails.map(failureLink))}.`
  const order = 'Of two rows that fit a request, the one that stands first is meant.'
  return page('Operations', `${order} ${shared}`, ...operationEntries.map((entry) => operation(entry, roots)))
}

const failureLink = (name) => `[${name}](failures.md#${name.toLowerCase()})`

function operation([name, row], roots) {
  const facts = [
    ['Asked for by', `${row.method} ${code(roots[row.on] + (row.path ?? ''))}`],
    ...(row.override ? [['X-WOPI-Override', code(row.override)]] : []),
    ...(row.sentWith ? [['Only with', code(row.sentWith)]] : []),
    ['Needs permission to', row.needs],
    ['Promised by', row.promisedBy ? code(row.promisedBy) : 'every host'],
    ...(row.deniedBy ? [['Denied by', code(row.deniedBy)]] : []),
    ['Own failures', list(row.fails.map(failureLink), 'none')],
    ['Specification', `[${row.spec.replace('https://', '')}](${row.spec})`],
  ]
  const parts = [...partRows('request', row.request), ...partRows('response', row.response)]
  const carried = parts.length > 0 ? table(['In', 'Name', 'Place', 'Holds', 'Required'], parts) : 'It carries nothing.'
  return [`## ${name}`, facts.map(([what, fact]) => `- ${what}: ${fact}`).join('\n'), carried].join('\n\n')
}

const partRows = (side, parts) =>
  Object.entries(parts).map(([name, { place, type, optional }]) => [
    side,
    code(name),
    place === 'body' ? 'body' : code(place),
    type,
    optional ? 'no' : 'yes',
  ])

function failures({ failures }) {
  const sections = Object.entries(failures).map(([name, { status, response }]) => {
    const parts = Object.entries(response).map(([key, { place, type, optional }]) => [
      code(key),
      place === 'body' ? 'body' : code(place),
      type,
      optional ? 'no' : 'yes',
    ])
    const carried = parts.length > 0 ? table(['Detail', 'Place', 'Holds', 'Required'], parts) : 'It carries nothing.'
    return `## ${name}\n\nStatus ${status}.\n\n${carried}`
  })
  const thrown = 'A host throws one as `new WopiError(name, details)`; a client throws the same one again.'
  return page('Failures', thrown, ...sections)
}

function checkFileInfo({ filePropertyEntries }) {
  const groups = [...new Set(filePropertyEntries.map(([, { group }]) => group))]
  const absent =
    'A property that is absent counts as false, empty or 0, unless its row says more. Names are case-sensitive.'
  const sections = groups.map((group) => {
    const entries = filePropertyEntries.filter(([, row]) => row.group === group)
    return `## ${group}\n\n${table(['Property', 'Holds', 'Read by', 'Says'], entries.map(property))}`
  })
  return page('CheckFileInfo', absent, ...sections)
}

function property([name, row]) {
  const holds = row.choices ? list(row.choices.map(code)) : row.kind
  const notes = [
    row.required ? 'required' : '',
    row.default === undefined ? '' : `${row.default} if absent`,
    row.explicit ? 'sent even if false' : '',
    row.alias ? `also read as ${code(row.alias)}` : '',
  ].filter((note) => note !== '')
  return [code(name), [holds, ...notes].join('; '), editors(row.readBy), row.says]
}

function checkContainerInfo({ containerProperties }) {
  return page('CheckContainerInfo', 'A property that is absent counts as false or empty.', plain(containerProperties))
}

function checkFolderInfo({ folderProperties }) {
  const only = 'What OneNote is told of a folder. A property that is absent counts as false or empty.'
  return page('CheckFolderInfo', only, plain(folderProperties))
}

const plain = (properties) =>
  table(
    ['Property', 'Holds', 'Says'],
    Object.entries(properties).map(([name, { kind, required, says }]) => [
      code(name),
      required ? `${kind}; required` : kind,
      says,
    ]),
  )

function actions({ actions, placeholders }) {
  const names = Object.entries(actions).map(([name, { writes, says }]) => [code(name), writes ? 'yes' : 'no', says])
  const places = Object.entries(placeholders).map(([name, { parameter, says }]) => [code(name), code(parameter), says])
  return page(
    'Actions',
    'What a discovery document says a client can do. Names are compared without regard to case.',
    table(['Action', 'Writes', 'Says'], names),
    '## Placeholders',
    'What an address in a discovery document leaves to be filled in by `actionUrl`.',
    table(['Placeholder', 'Usual parameter', 'Stands for'], places),
  )
}

function postMessages({ hostMessages, editorMessages }) {
  return page(
    'Messages',
    'Each is JSON text with `MessageId`, `SendTime` (milliseconds since the epoch) and `Values`. A value with `?` may be absent.',
    '## From the host page to the editor',
    messages(hostMessages),
    '## From the editor to the host page',
    messages(editorMessages),
  )
}

const messages = (rows) =>
  table(
    ['MessageId', 'Values', 'Known to', 'Says'],
    Object.entries(rows).map(([name, message]) => [
      code(name),
      values(message.values),
      editors(message.editors),
      message.sameAs ? `${message.says} Newer: ${code(message.sameAs)}.` : message.says,
    ]),
  )

const values = (shape) =>
  shape === 'list' ? 'a list of objects' : list(Object.entries(shape).map(([name, kind]) => code(`${name}: ${kind}`)))
