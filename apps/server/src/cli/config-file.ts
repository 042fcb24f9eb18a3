import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { CommandError, usageError } from './command-error.ts'
import { didYouMean } from './nearest.ts'

/** The configuration file that is read where none is asked for. */
const usualConfigFile = 'openwopi.yaml'

export interface ConfigFile {
  /** Absolute. */
  readonly path: string
  readonly values: Readonly<Record<string, unknown>>
  /** Nobody asked for it: it lay in the working directory. */
  readonly isFound: boolean
}

/** The configuration file `asked` for, or the usual one of `cwd`. `undefined`: there is none. */
export function readConfigFile(
  asked: string | undefined,
  cwd: string,
  keys: readonly string[],
): ConfigFile | undefined {
  const path = resolve(cwd, asked ?? usualConfigFile)
  if (asked === undefined && !existsSync(path)) return undefined
  const values = valuesOf(path)
  for (const key of Object.keys(values)) {
    if (!keys.includes(key)) throw usageError(`${path} says "${key}", which is not an option.${didYouMean(key, keys)}`)
  }
  return { path, values, isFound: asked === undefined }
}

function valuesOf(path: string): Readonly<Record<string, unknown>> {
  const content: unknown = parsed(path) ?? {}
  const result = z.record(z.string(), z.unknown()).safeParse(content)
  if (result.success) return result.data
  throw usageError(`${path} must list options with their values, as in "port: 8080".`)
}

function parsed(path: string): unknown {
  const text = textOf(path)
  try {
    return parse(text, { logLevel: 'error' })
  } catch (error) {
    throw usageError(
      `${path} is not valid YAML or JSON: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    )
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new CommandError(`The configuration file ${path} cannot be read. Check that it is there and readable.`, 1, {
      cause: error,
    })
  }
}

/** The folder that relative paths in `file` start from. */
export const baseOf = (file: ConfigFile): string => dirname(file.path)
