// The pages about the checks: docs/reference/checks.md lists them, docs/operations.md says which ones prove an operation.

import { existsSync } from 'node:fs'

const code = (text) => `\`${text}\``
const titled = (name) => name.charAt(0).toUpperCase() + name.slice(1)
const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const count = (number, what) => `${number} ${what}${number === 1 ? '' : 's'}`

/** Operations that have an address of their own beside the WOPI endpoints, and so no row in the table. */
const atTheBootstrapper = ['bootstrap', 'getNewAccessToken', 'getRootContainer', 'getFileWopiSrc']
const bootstrapperFile = 'packages/host/src/bootstrapper.ts'

/** The pages by their file names. `conformance` and `protocol` are the packages as they are imported. */
export const checkPages = ({ checks, groups, severityOf }, { operationEntries }) => ({
  'checks.md': checksPage(checks, groups, severityOf),
  '../operations.md': operationsPage(checks, operationEntries),
})

function checksPage(checks, groups, severityOf) {
  const sections = groups.map((group) => {
    const its = checks.filter((check) => check.group === group)
    return [
      `## ${group}`,
      `${count(its.length, 'check')}.`,
      its.map((check) => line(check, severityOf)).join('\n'),
    ].join('\n\n')
  })
  return `${[
    '# Checks',
    'Made from `@openwopi/conformance` by `npm run docs`; change it there.',
    `What [\`openwopi check\`](../guides/check-any-host.md) looks at: ${checks.length} checks, each with a link to where the specification says it. Without a word behind it, a check is a *must*: a host that fails it breaks a rule. *should* fails no host. A client’s name means that this client has trouble with a host that does otherwise.`,
    ...sections,
  ].join('\n\n')}\n`
}

function line({ says, spec, client, promised = [], needs = [], ...check }, severityOf) {
  const severity = severityOf({ client, ...check })
  const weight = severity === 'must' ? [] : [`*${client ?? severity}*`]
  const wanted = [...promised.map(code), ...needs]
  const only = wanted.length > 0 ? [`needs ${wanted.join(', ')}`] : []
  return `- [${escaped(says)}](${spec}) ${[...weight, ...only].join('; ')}`.trimEnd()
}

/** Text that Markdown takes for nothing else. */
const escaped = (text) => text.replace(/[[\]*_<>`\\]/g, '\\$&')

/** What is tried of all operations alike says little about one of them. */
const isOfAll = ({ group }) => ['tokens', 'overrides', 'offers', 'properties'].includes(group)

function operationsPage(checks, operationEntries) {
  const sections = [
    ...operationEntries.map(([name, row]) => operationSection(name, row, checks)),
    ...atTheBootstrapper.map((name) => bootstrapperSection(name, checks)),
  ]
  return `${[
    '# Operations',
    'Made from the tables and the checks by `npm run docs`.',
    'Each operation of the specification, where the host implements it, and which [checks](reference/checks.md) prove it. Every operation is also tried without a token, with wrong ones, and with what it needs left out.',
    ...sections,
  ].join('\n\n')}\n`
}

function operationSection(name, { spec, on }, checks) {
  const file = `packages/host/src/operations/${kebab(name)}.ts`
  const covering = checks.filter(({ covers }) => covers.includes(name))
  return section(titled(name), {
    about: `On a ${on}, as [the specification](${spec}) and [the reference](reference/operations.md#${name.toLowerCase()}) have it.`,
    where: existsSync(new URL(`../${file}`, import.meta.url))
      ? `Implemented in [${file.split('/').at(-1)}](../${file}).`
      : 'Known and answered with 501: of this one the specification tells too little, or too much, to carry it out.',
    covering,
  })
}

function bootstrapperSection(name, checks) {
  const covering = checks.filter(
    ({ group, spec }) => group === 'bootstrapper' && spec.endsWith(`/${name.toLowerCase()}`),
  )
  return section(`${titled(name)} at the bootstrapper`, {
    about: 'At `/wopibootstrapper`, with a token of an authorization server.',
    where: `Implemented in [${bootstrapperFile.split('/').at(-1)}](../${bootstrapperFile}).`,
    covering,
  })
}

function section(title, { about, where, covering }) {
  const own = covering.filter((check) => !isOfAll(check))
  const general = covering.length - own.length
  const proof = own.length > 0 ? `Proved by ${count(own.length, 'check')} of its own` : 'Proved by no check of its own'
  return [
    `## ${title}`,
    `${about} ${where} ${proof}, and by ${general} that are made for all.`,
    ...(own.length > 0 ? [own.map(({ says }) => `- ${escaped(says)}`).join('\n')] : []),
  ].join('\n\n')
}
