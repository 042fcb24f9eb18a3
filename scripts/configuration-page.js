// The reference of `openwopi serve`, made from the table of its options.
import { code, table } from './reference-pages.js'

const intro = 'Made from the table in `apps/server/src/config.ts` by `npm run docs`; change it there.'
const precedence =
  'A flag counts before a variable, a variable before the configuration file, and that before the default. The file is ' +
  'YAML or JSON: `openwopi.yaml` in the working directory, or the one that `--config` or `OPENWOPI_CONFIG` names. Its ' +
  'keys are the flags without the dashes; a path in it starts from the folder that the file lies in. A name that is ' +
  'not known is an error, wherever it stands.'

export const configurationPage = (rows) =>
  `${['# Configuration', intro, precedence, table(['Flag', 'Variable', 'Default', 'Says'], rows.map(row))].join('\n\n')}\n`

function row([, { name, value, says, isArgument, isSecret, isList, isSwitch, otherwise, default: usual }]) {
  const flag = isSecret
    ? 'none'
    : code(isArgument ? `${value} (key: ${name})` : isSwitch ? `--${name}` : `--${name} ${value}`)
  const variable = `OPENWOPI_${name.toUpperCase().replaceAll('-', '_')}`
  return [flag, code(variable), String(otherwise ?? usual), isList ? `${says} Can be given several times.` : says]
}
