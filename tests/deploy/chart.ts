import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments, stringify } from 'yaml'

/** What templates know. */
type Scope = Readonly<Record<string, unknown>>

/**
 * Renders a Helm chart, as far as this chart goes: values, `if`, `range` over a map, variables, and the functions
 * `quote`, `printf`, `toYaml`, `nindent` and `trimPrefix`. Anything else fails, so that a template that this cannot check
 * is not taken for one that is right.
 */
export function renderChart(folder: string, changes: object = {}): Record<string, unknown>[] {
  const values = { ...parse(readFileSync(join(folder, 'values.yaml'), 'utf8')), ...changes }
  const templates = readdirSync(join(folder, 'templates')).sort()
  return templates.flatMap((name) => {
    const text = render(readFileSync(join(folder, 'templates', name), 'utf8'), {
      Values: values,
      Release: { Name: 'demo' },
    })
    const documents = parseAllDocuments(text)
    for (const { errors } of documents)
      if (errors.length > 0) throw new Error(`${name}: ${errors[0]?.message}\n${text}`)
    return documents.map((document) => document.toJS()).filter((document) => document !== null)
  })
}

interface Piece {
  readonly text: string
  /** What stands between the braces. Absent: it is plain text. */
  readonly action?: string
}

function render(template: string, root: Scope): string {
  const pieces = template
    .replace(/\s*\{\{-/g, '{{')
    .split(/(\{\{.*?\}\})/)
    .map((text): Piece => (text.startsWith('{{') ? { text, action: text.slice(2, -2).trim() } : { text }))
  return written(block(pieces, { ...root, $: root }))
}

const begins = ({ action = '' }: Piece) => /^(if|range) /.test(action)

/** Where the block ends that begins at `at`. */
function endOf(pieces: readonly Piece[], at: number): number {
  let depth = 0
  for (let index = at; index < pieces.length; index += 1) {
    const piece = pieces[index]
    if (piece && begins(piece)) depth += 1
    if (piece?.action === 'end') depth -= 1
    if (depth === 0) return index
  }
  throw new Error(`${pieces[at]?.action} has no end`)
}

function block(pieces: readonly Piece[], scope: Scope): string {
  let known = scope
  let rendered = ''
  for (let index = 0; index < pieces.length; index += 1) {
    const { text, action } = pieces[index] ?? { text: '' }
    const [, name = '', expression = ''] = /^(\$\w+) := (.*)$/.exec(action ?? '') ?? []
    if (action === undefined) rendered += text
    else if (begins({ text, action })) {
      const end = endOf(pieces, index)
      rendered += repeated(action, pieces.slice(index + 1, end), known)
      index = end
    } else if (name !== '') known = { ...known, [name]: value(expression, known) }
    else rendered += written(value(action, known))
  }
  return rendered
}

/** A block as often as its action has it. */
function repeated(action: string, inner: readonly Piece[], scope: Scope): string {
  if (action.startsWith('if ')) return value(action.slice(3), scope) ? block(inner, scope) : ''
  const [, key = '', item = '', list = ''] = /^range (\$\w+), (\$\w+) := (.*)$/.exec(action) ?? []
  if (list === '') throw new Error(`unknown: ${action}`)
  const entries = Object.entries(value(list, scope) as object)
  return entries.map(([name, one]) => block(inner, { ...scope, [key]: name, [item]: one })).join('')
}

const written = (result: unknown): string => {
  if (result === undefined || typeof result === 'object') throw new Error(`a value is missing or no text: ${result}`)
  return String(result)
}

/** What an expression says, its pipes included. */
function value(expression: string, scope: Scope): unknown {
  const [first = '', ...pipes] = expression.split(' | ')
  return pipes.reduce<unknown>((input, pipe) => called(words(pipe), scope, input), called(words(first), scope))
}

const words = (text: string): readonly string[] => text.match(/"[^"]*"|\S+/g) ?? []

function called([name = '', ...rest]: readonly string[], scope: Scope, piped?: unknown): unknown {
  const input = [...rest.map((word) => term(word, scope)), ...(piped === undefined ? [] : [piped])]
  switch (name) {
    case 'quote':
      return JSON.stringify(written(input[0]))
    case 'toYaml':
      return stringify(input[0]).trimEnd()
    case 'nindent':
      return `\n${String(input[1]).replace(/^/gm, ' '.repeat(Number(input[0])))}`
    case 'trimPrefix':
      return String(input[1]).replace(String(input[0]), '')
    case 'printf':
      return input.slice(1).reduce<string>((text, one) => text.replace('%s', written(one)), String(input[0]))
    default:
      if (rest.length > 0) throw new Error(`unknown: ${name}`)
      return term(name, scope)
  }
}

function term(word: string, scope: Scope): unknown {
  if (word.startsWith('"')) return JSON.parse(word)
  if (/^\d+$/.test(word)) return Number(word)
  if (word.startsWith('$')) return scope[word]
  if (!word.startsWith('.')) throw new Error(`unknown: ${word}`)
  return word
    .slice(1)
    .split('.')
    .reduce<unknown>((inside, name) => (inside as Scope | undefined)?.[name], scope)
}
