import { expect, test } from 'vitest'
import { openwopi } from './openwopi.ts'

const oneLine = (text: string) => text.replace(/\s+/g, ' ')

test('The help names every command, and stays within a terminal of 80 columns', async () => {
  const { code, stdout } = await openwopi(['--help'])
  expect(code).toBe(0)
  for (const command of ['serve [DIR]', 'token [FILE]', 'user', 'discovery <URL>', 'info <WOPISRC>', 'get <WOPISRC>']) {
    expect(stdout).toContain(`\n  ${command} `)
  }
  for (const command of ['put <WOPISRC> <FILE>', 'lock <WOPISRC>', 'unlock <WOPISRC>', 'check <WOPISRC>']) {
    expect(stdout).toContain(`\n  ${command} `)
  }
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
})

test('The help of serve names flag, variable and default of every option', async () => {
  const { stdout } = await openwopi(['serve', '--help'])
  const help = oneLine(stdout)
  expect(help).toContain('DIR The folder to serve. (default: .; OPENWOPI_FOLDER)')
  expect(help).toContain(
    '--port <PORT> Port of the web page and the WOPI host; 0 for any free one. (default: 8080; OPENWOPI_PORT)',
  )
  expect(help).toContain('(default: the built-in office client; OPENWOPI_CLIENT)')
  expect(help).toContain('(default: .openwopi in the folder served; OPENWOPI_DATA)')
  const flags =
    'host public-url callback-url data client proof trusted-proxy office-port office-url max-file-size keep-versions'
  for (const flag of [...flags.split(' '), 'token-lifetime', 'config']) expect(help).toContain(`--${flag} <`)
})

test('Without a command, the help goes to standard error and the exit code says that something was missing', async () => {
  const { code, stdout, stderr } = await openwopi([])
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain('Usage: openwopi COMMAND [options]')
})

test('The version is that of the package', async () => {
  const { code, stdout } = await openwopi(['--version'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test.each([
  [['serv'], "Unknown command 'serv'. Did you mean serve?"],
  [['serve', '--prot', '1'], "Unknown option '--prot'. Did you mean --port?"],
  [['get', 'http://127.0.0.1/wopi/files/1', '--tokn', 'x'], "Unknown option '--tokn'. Did you mean --token?"],
  [['user', 'ad'], "Unknown command 'ad'. Did you mean add?"],
  [['token'], 'Missing required argument \'FILE\'. See "openwopi token --help".'],
  [['serve', 'one', 'two'], 'See "openwopi serve --help".'],
])('%j is refused with exit code 2 and what was probably meant', async (args, sentence) => {
  const { code, stdout, stderr } = await openwopi(args)
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain(sentence)
  expect(stderr.split('\n')).toHaveLength(2)
})
