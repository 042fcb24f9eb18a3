import { type Command, Option as Flag } from 'commander'
import { type Config, environment, type Option } from '../config.ts'
import { flagOf, readConfig, rows, variableOf } from './read-config.ts'

export type Flags = Readonly<Record<string, string | readonly string[] | undefined>>

/** Adds the options named, or all, to a command as flags, with the help that the table holds. */
export function addConfigFlags(command: Command, names?: readonly string[]): Command {
  for (const [, option] of rows) {
    const isWanted = names?.includes(option.name) ?? true
    if (isWanted && !option.isArgument && !option.isSecret) command.addOption(flag(option))
  }
  return command.option(
    '--config <FILE>',
    'Read options from a YAML or JSON file. (default: openwopi.yaml if there; OPENWOPI_CONFIG)',
  )
}

/** What holds, when a command was given `folder` and `flags`. */
export function configOf(folder: string | undefined, flags: Flags): Config {
  const given = rows.map(([key, option]) => [key, option.isArgument ? folder : flags[propertyOf(option)]])
  const { config } = flags
  return readConfig({
    flags: Object.fromEntries(given),
    ...(typeof config === 'string' && { configFile: config }),
    env: environment,
    cwd: process.cwd(),
  })
}

function flag(option: Option): Flag {
  // A flag without a value must not take the folder behind it for one.
  if (option.isSwitch) return new Flag(flagOf(option), helpOf(option)).preset('on')
  const made = new Flag(`${flagOf(option)} <${option.value}>`, helpOf(option))
  return option.isList ? made.argParser((value: string, before: string[] = []) => [...before, value]) : made
}

/** One sentence, then what holds without it and the variable that sets it. */
export function helpOf({ name, says, isList, ...option }: Option): string {
  const usual = option.otherwise ?? option.default
  return `${says}${isList ? ' Can be given several times.' : ''} (default: ${usual}; ${variableOf(name)})`
}

const propertyOf = ({ name }: Option) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
