import { once } from 'node:events'
import { access, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openwopi, start, temporaryFolder } from './openwopi.ts'

// Each of a test's many commands is a process that starts anew.
vi.setConfig({ testTimeout: 300_000 })

/** Runs `openwopi serve` until it listens. */
async function serve(args: readonly string[]) {
  const child = start(['serve', ...args, '--port', '0'])
  const lines: string[] = []
  const exited = once(child, 'exit')
  child.stderr.on('data', (chunk) => lines.push(String(chunk)))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      const event: Record<string, unknown> = JSON.parse(line)
      if (event['event'] === 'listening') resolve(String(event['url']))
    })
    exited.then(() => reject(new Error(`it did not start: ${lines.join('\n')}`)))
  })
  return {
    url,
    lines,
    async stop() {
      child.kill('SIGTERM')
      const [code] = await exited
      return code as number | null
    },
  }
}

interface Issued {
  readonly wopiSrc: string
  readonly accessToken: string
  readonly accessTokenTtl: number
  readonly actionUrl: string | null
}

async function issue(args: readonly string[], cwd?: string): Promise<Issued> {
  const ran = await openwopi(['token', ...args, '--json'], cwd === undefined ? {} : { cwd })
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  return JSON.parse(ran.stdout)
}

test('From serve through token, get, lock, put, unlock and info to the end, a file on disk is read and written', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'notes.md'), 'first\n')
  const host = await serve([folder])

  const { wopiSrc, accessToken, accessTokenTtl, actionUrl } = await issue([join(folder, 'notes.md')])
  expect(wopiSrc.startsWith(`${host.url}/wopi/files/`)).toBe(true)
  expect(accessTokenTtl).toBeGreaterThan(Date.now())
  expect(new URL(actionUrl ?? '').searchParams.get('wopisrc')).toBe(wopiSrc)

  const run = (args: string[], input?: string) =>
    openwopi(args, { env: { OPENWOPI_TOKEN: accessToken }, ...(input !== undefined && { input }) })
  expect((await run(['get', wopiSrc])).stdout).toBe('first\n')
  const lock = (await run(['lock', wopiSrc])).stdout.trim()
  expect(await run(['put', wopiSrc, '-', '--lock', lock], 'second\n')).toMatchObject({ code: 0, stderr: '' })
  expect(await readFile(join(folder, 'notes.md'), 'utf8')).toBe('second\n')
  expect(await run(['unlock', wopiSrc, '--lock', lock])).toMatchObject({ code: 0 })
  const info = JSON.parse((await run(['info', wopiSrc, '--json'])).stdout)
  expect(info).toMatchObject({ BaseFileName: 'notes.md', Size: 7, UserCanWrite: true })

  expect(await host.stop()).toBe(0)
  expect(host.lines.join('\n')).not.toContain(accessToken)
  for (const line of host.lines)
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), event: expect.any(String) })
  await expect(access(join(folder, '.openwopi', 'running.json'))).rejects.toThrow()
})

test('A token may be for any file, to read only, for a time, and for a file named as the shell or as the host sees it', async () => {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'inner'))
  await writeFile(join(folder, 'inner', 'test.wopitest'), '')
  await writeFile(join(folder, 'strange.qqq'), 'x')
  const data = join(await temporaryFolder(), 'data')
  await serve([folder, '--data', data])

  const view = await issue(['inner/test.wopitest', '--view', '--ttl', '60', '--data', data])
  expect(view.accessTokenTtl - Date.now()).toBeLessThanOrEqual(60_000)
  expect(view.accessTokenTtl - Date.now()).toBeGreaterThan(0)
  const refused = await openwopi(['lock', view.wopiSrc], { env: { OPENWOPI_TOKEN: view.accessToken } })
  expect(refused).toMatchObject({ code: 1, stdout: '' })

  const other = await issue([join(folder, 'strange.qqq'), '--data', data])
  expect(other.actionUrl).toBeNull()
  const lines = await openwopi(['token', 'strange.qqq', '--data', data], { cwd: folder })
  expect(lines.stdout).toMatch(
    /^WOPISrc {7}http:\S+\nAccess token {2}\S+\nValid until {3}\d+ \(\S+Z\)\nAction URL {4}none: /,
  )
})

test('Tokens are asked of the nearest host above the file', async () => {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'a', 'b'), { recursive: true })
  await writeFile(join(folder, 'a', 'b', 'notes.md'), 'x')
  const { url } = await serve([folder])
  const { wopiSrc } = await issue(['notes.md'], join(folder, 'a', 'b'))
  expect(wopiSrc.startsWith(url)).toBe(true)
})

test('What a host left behind that was killed does not hide a host above it', async () => {
  const folder = await temporaryFolder()
  const data = join(folder, 'inner', '.openwopi')
  await mkdir(data, { recursive: true })
  await writeFile(join(folder, 'inner', 'notes.md'), 'x')
  const gone = { url: 'http://127.0.0.1:9', controlToken: 'x', folder: join(folder, 'inner'), pid: 2 ** 22 + 1 }
  await writeFile(join(data, 'running.json'), JSON.stringify(gone))
  const { url } = await serve([folder])
  const { wopiSrc } = await issue([join(folder, 'inner', 'notes.md')])
  expect(wopiSrc.startsWith(url)).toBe(true)
})

test('A token that is taken back opens nothing any more, and the others stay', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'a.md'), 'x')
  const host = await serve([folder])
  const [first, second, third, fourth] = await Promise.all([1, 2, 3, 4].map(() => issue([join(folder, 'a.md')])))
  const took = { code: 0, stdout: 'The token is worth nothing any more.\n', stderr: '' }
  expect(await openwopi(['token', '--revoke', first?.accessToken ?? ''], { cwd: folder })).toEqual(took)
  const data = join(folder, '.openwopi')
  const piped = { input: `${second?.accessToken}\n` }
  expect(await openwopi(['token', '--revoke', '-', '--data', data], piped)).toEqual(took)
  expect(await openwopi(['token', '--revoke', fourth?.accessToken ?? '', folder])).toEqual(took)
  const opened = [first, second, third, fourth].map(async (each) => {
    const ran = await openwopi(['info', each?.wopiSrc ?? ''], { env: { OPENWOPI_TOKEN: each?.accessToken ?? '' } })
    return ran.code
  })
  expect(await Promise.all(opened)).toEqual([1, 1, 0, 1])
  const foreign = await openwopi(['token', '--revoke', 'x.y.z', '--data', data])
  expect(foreign).toMatchObject({ code: 1, stderr: 'openwopi: This is not a token that this server has given out.\n' })
  expect(host.lines.join('\n')).not.toContain(first?.accessToken)
})

test('What keeps a token from being made is told in a sentence', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'notes.md'), 'x')
  const path = join(folder, 'notes.md')
  const refusal = async (args: string[], code: number) => {
    const ran = await openwopi(['token', ...args])
    expect(ran).toMatchObject({ code, stdout: '' })
    expect(ran.stderr).toMatch(/^openwopi: [^\n]*\n$/)
    return ran.stderr
  }
  expect(await refusal([path], 1)).toContain(`No host serves ${path}. Start one with "openwopi serve DIR"`)
  const host = await serve([folder])
  expect(await refusal([join(folder, 'missing.md')], 1)).toContain('There is no file missing.md in the folder')
  expect(await refusal([path, '--ttl', '1h'], 2)).toContain('--ttl must be a whole number of seconds')
  expect(await refusal([path, '--client', 'nobody'], 1)).toContain('There is no client called nobody')
  expect(await refusal(['/etc/hostname', '--data', join(folder, '.openwopi')], 1)).toContain('does not lie in')
  expect(await refusal([folder], 1)).toContain('is the folder that is served. Name a file in it.')

  const running = await readFile(join(folder, '.openwopi', 'running.json'))
  await host.stop()
  // As a host leaves it that was ended without being asked.
  await writeFile(join(folder, '.openwopi', 'running.json'), running)
  expect(await refusal([path], 1)).toContain(`does not answer at ${host.url}. Start it again: openwopi serve ${folder}`)
})

test('A port in use is told with what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const address = other.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const ran = await openwopi(['serve', await temporaryFolder(), '--port', port])
  expect(ran).toMatchObject({ code: 1, stdout: '' })
  expect(ran.stderr).toBe(
    `openwopi: 127.0.0.1:${port} is in use by another program. Stop that, or choose other ports with --port and --office-port.\n`,
  )
})

test('A folder is served once at a time', async () => {
  const folder = await temporaryFolder()
  await serve([folder])
  const ran = await openwopi(['serve', folder, '--port', '0'])
  expect(ran).toMatchObject({ code: 1, stdout: '' })
  expect(ran.stderr).toMatch(/^openwopi: \S+ is served already by process \d+, .*\n$/)
})

test('A folder that cannot be served is told with what to do', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'file'), '')
  const missing = await openwopi(['serve', join(folder, 'missing')])
  expect(missing).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `openwopi: There is no folder ${folder}/missing. Make it, or name another one.\n`,
  })
  const file = await openwopi(['serve', join(folder, 'file')])
  expect(file).toMatchObject({
    code: 1,
    stderr: `openwopi: ${folder}/file is a file. Name the folder that it lies in.\n`,
  })
})

test.each([
  ['--host', '0.0.0.0'],
  ['--public-url', 'https://docs.example.org'],
])('With %s %s, nothing is served before it is known who may sign in', async (flag, value) => {
  const folder = await temporaryFolder()
  const more = ['--public-url', 'http://127.0.0.1:1', '--office-url', 'https://office.example.org']
  const ran = await openwopi(['serve', folder, '--port', '0', ...more, flag, value])
  expect(ran).toMatchObject({ code: 1, stdout: '' })
  expect(ran.stderr).toContain(`Add yourself first: openwopi user add NAME --data ${folder}/.openwopi`)
  await openwopi(['user', 'add', 'Anna', folder, '--password-stdin'], { input: 'correct horse' })
  const host = await serve([folder, ...more, flag, value])
  expect(await host.stop()).toBe(0)
})

test('An upload that is under way when the host is told to stop is finished first', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'empty.bin'), '')
  const host = await serve([folder])
  const { wopiSrc, accessToken } = await issue([join(folder, 'empty.bin')])
  const upload = request(`${wopiSrc}/contents?access_token=${encodeURIComponent(accessToken)}`, {
    method: 'POST',
    headers: { 'X-WOPI-Override': 'PUT', 'Content-Length': 2_000_000, Expect: '100-continue' },
  })
  upload.flushHeaders()
  await once(upload, 'continue')
  const answered = once(upload, 'response')
  upload.write(Buffer.alloc(1_000_000, 1))
  const stopped = host.stop()
  await until(() => host.lines.some((line) => line.includes('"stopping"')))
  upload.end(Buffer.alloc(1_000_000, 2))
  const [response] = await answered
  expect(response.statusCode).toBe(200)
  response.resume()
  expect(await stopped).toBe(0)
  expect((await stat(join(folder, 'empty.bin'))).size).toBe(2_000_000)
})

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 60_000
  while (!isSo()) {
    if (Date.now() > end) throw new Error('it did not come to be so')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('discovery shows what the built-in client does with which files, and its keys', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'notes.md'), 'x')
  await serve([folder])
  const { actionUrl } = await issue([join(folder, 'notes.md')])
  const { origin } = new URL(actionUrl ?? '')
  const table = await openwopi(['discovery', origin])
  expect(table).toMatchObject({ code: 0, stderr: '' })
  expect(table.stdout).toContain(`${origin}/hosting/discovery\n\nZone external-http`)
  expect(table.stdout).toMatch(/^ {2}Markdown +view.*edit\*.* \.md /m)
  expect(table.stdout).toMatch(/Proof keys: a current one of 2048 bits/)
  const json = await openwopi(['discovery', `${origin}/hosting/discovery`, '--json'])
  expect(JSON.parse(json.stdout)).toMatchObject({ zones: [{ name: 'external-http' }], proofKeys: { current: {} } })
})

test('discovery of what is no client says why', async () => {
  const folder = await temporaryFolder()
  const { url } = await serve([folder])
  for (const [address, code, sentence] of [
    [url, 1, 'could not be read: it answers with status 404'],
    ['http://127.0.0.1:9', 1, 'cannot be reached'],
    ['ftp://example.org', 2, 'is not an address such as'],
  ] as const) {
    const ran = await openwopi(['discovery', address])
    expect(ran).toMatchObject({ code, stdout: '' })
    expect(ran.stderr).toContain(sentence)
  }
})
