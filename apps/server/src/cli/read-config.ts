import { isAbsolute, relative, resolve, sep } from 'node:path'
import { findSoffice } from '@openwopi/office/converter'
import { z } from 'zod'
import { isLoopback } from '../addresses.ts'
import { type Config, type Option, options } from '../config.ts'
import { usageError } from './command-error.ts'
import { baseOf, type ConfigFile, readConfigFile } from './config-file.ts'
import { didYouMean } from './nearest.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What was given where. */
export interface Given {
  /** By what it sets: what stood on the command line. */
  readonly flags: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The configuration file asked for. Absent: the usual one, if there. */
  readonly configFile?: string | undefined
  readonly env: Environment
  /** Working directory; absolute. */
  readonly cwd: string
}

/** `OPENWOPI_PUBLIC_URL` for `public-url`. */
export const variableOf = (name: string): string => `OPENWOPI_${name.toUpperCase().replaceAll('-', '_')}`

/** How an option is spelt on the command line. */
export function flagOf(option: Option): string {
  if (option.isSecret) return variableOf(option.name)
  return option.isArgument ? option.value : `--${option.name}`
}

/** Every option with what it sets, in the order of the help. */
export const rows: readonly (readonly [string, Option])[] = Object.entries(options)

interface Written {
  readonly raw: unknown
  /** As a person knows it: `--port`, `OPENWOPI_PORT`, `port in /etc/openwopi.yaml`. */
  readonly where: string
  /** What a relative path starts from. */
  readonly base: string
}

type Checks = { readonly [K in keyof typeof options]: (typeof options)[K]['check'] }
const schema = z.object(Object.fromEntries(rows.map(([key, { check }]) => [key, check])) as Checks)

/** How the server is to be run: a flag counts before a variable, a variable before the file, the file before the default. */
export function readConfig(given: Given): Config {
  checkVariables(given.env)
  const file = readConfigFile(
    given.configFile ?? given.env['OPENWOPI_CONFIG'],
    given.cwd,
    rows.filter(([, { isSecret }]) => !isSecret).map(([, { name }]) => name),
  )
  const written = new Map(rows.map(([key, option]) => [key, find(key, option, given, file)]))
  const values = rows.flatMap(([key, option]) => {
    const found = written.get(key)
    return found ? [[key, spelt(found, option)]] : []
  })
  const result = schema.safeParse(Object.fromEntries(values))
  if (!result.success) throw complaint(result.error, written)
  const { folder, dataFolder = resolve(folder, '.openwopi'), soffice, ...others } = result.data
  const config = { ...others, folder, dataFolder, ...converterIn(soffice, given.env) }
  if (file) checkWhoCanWrite(file, config)
  return config
}

/** LibreOffice where it is said to be, or where it is installed. */
function converterIn(soffice: string | undefined, { PATH = '' }: Environment): Pick<Config, 'soffice'> {
  const found = soffice ?? findSoffice(PATH)
  return found === undefined || found === 'off' ? {} : { soffice: found }
}

/** Variables that are no options of `serve`. */
const otherVariables = ['OPENWOPI_CONFIG', 'OPENWOPI_OAUTH_TOKEN', 'OPENWOPI_TOKEN']

/** Refuses a variable that looks like ours and is not: a misspelt setting would silently not hold. */
export function checkVariables(env: Environment): void {
  const known = [...rows.map(([, { name }]) => variableOf(name)), ...otherVariables]
  const unknown = Object.keys(env).find((name) => name.startsWith('OPENWOPI_') && !known.includes(name))
  if (unknown) throw usageError(`The variable ${unknown} is not known.${didYouMean(unknown, known)}`)
}

function find(key: string, option: Option, given: Given, file: ConfigFile | undefined): Written | undefined {
  const { name, default: usual } = option
  const variable = variableOf(name)
  const { cwd } = given
  const flag = given.flags[key]
  if (flag !== undefined) return { raw: flag, where: flagOf(option), base: cwd }
  const env = given.env[variable]
  // A variable set to nothing is how shells and compose files say that it is not set.
  if (env) return { raw: option.isList ? env.split(/[\s,]+/).filter(Boolean) : env, where: variable, base: cwd }
  const value = file?.values[name]
  if (file && value !== undefined) return { raw: value, where: `${name} in ${file.path}`, base: baseOf(file) }
  return usual === undefined ? undefined : { raw: usual, where: flagOf(option), base: cwd }
}

/** As text, or as a list of texts, with paths made absolute. Anything else is left for the check to refuse. */
function spelt({ raw, base }: Written, { isList, isPath }: Option): unknown {
  const text = (value: unknown) => (['string', 'number', 'boolean'].includes(typeof value) ? String(value) : value)
  if (isList) return (Array.isArray(raw) ? raw : [raw]).map(text)
  const value = text(raw)
  return isPath && typeof value === 'string' && value !== '' ? resolve(base, value) : value
}

function complaint(error: z.ZodError, written: ReadonlyMap<string, Written | undefined>) {
  const [issue] = error.issues
  const found = written.get(String(issue?.path[0]))
  const what = issue?.code === 'custom' ? issue.message : 'plain text or a number'
  const end = what.endsWith('?') || what.endsWith('.') ? what : `${what}. It is ${JSON.stringify(found?.raw)}.`
  return usageError(`${found?.where} must be ${end}`)
}

/**
 * A file that nobody named, in a folder that others may write documents to, could be one of those documents: it must not
 * say which clients are trusted.
 */
function checkWhoCanWrite(file: ConfigFile, config: Config): void {
  const path = relative(config.folder, file.path)
  const isServed = path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
  const isForOthers = config.publicUrl !== undefined || !isLoopback(config.host)
  if (!file.isFound || !isServed || !isForOthers) return
  throw usageError(
    `${file.path} lies in the folder that is served, where others may write it. Move it elsewhere and name it with --config FILE.`,
  )
}
