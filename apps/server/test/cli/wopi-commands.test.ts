import { randomBytes } from 'node:crypto'
import { lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { memoryHost } from './memory-host.ts'
import { openwopi, temporaryFolder } from './openwopi.ts'

// Each of a test's many commands is a process that starts anew.
vi.setConfig({ testTimeout: 300_000 })

const withToken = (token: string) => ({ env: { OPENWOPI_TOKEN: token } })

test('get writes the content to standard output, byte for byte and nothing else', async () => {
  const host = await memoryHost()
  const { wopiSrc, token } = await host.make('notes.md', 'Grüße\n')
  const ran = await openwopi(['get', wopiSrc, '--token', token])
  expect(ran).toEqual({ code: 0, stdout: 'Grüße\n', stderr: '' })
})

test('get --out writes a file, and says how much', async () => {
  const cwd = await temporaryFolder()
  const host = await memoryHost()
  const bytes = randomBytes(3_000_000)
  const { wopiSrc, token } = await host.make('picture.png', bytes)
  const ran = await openwopi(['get', wopiSrc, '--out', 'copy.png'], { cwd, ...withToken(token) })
  expect(ran).toEqual({ code: 0, stdout: '', stderr: 'copy.png: 3.0 MB\n' })
  expect(bytes.equals(await readFile(join(cwd, 'copy.png')))).toBe(true)
})

test('get --out with a folder takes the name that the host gives the file, and never leaves the folder', async () => {
  const cwd = await temporaryFolder()
  await mkdir(join(cwd, 'inner'))
  const host = await memoryHost()
  const plain = await host.make('notes.md', 'a')
  const sly = await host.make('../../sly.md', 'b')
  await openwopi(['get', plain.wopiSrc, '--out', 'inner'], { cwd, ...withToken(plain.token) })
  await openwopi(['get', sly.wopiSrc, '--out', 'inner'], { cwd, ...withToken(sly.token) })
  expect(await readdir(cwd)).toEqual(['inner'])
  expect((await readdir(join(cwd, 'inner'))).sort()).toEqual(['notes.md', 'sly.md'])
})

test('get --out follows a link, and writes into what is no ordinary file without replacing it', async () => {
  const cwd = await temporaryFolder()
  await writeFile(join(cwd, 'real.md'), 'old')
  await symlink('real.md', join(cwd, 'link.md'))
  const host = await memoryHost()
  const { wopiSrc, token } = await host.make('notes.md', 'new')
  await openwopi(['get', wopiSrc, '--out', 'link.md'], { cwd, ...withToken(token) })
  expect(await readFile(join(cwd, 'real.md'), 'utf8')).toBe('new')
  expect((await lstat(join(cwd, 'link.md'))).isSymbolicLink()).toBe(true)
  expect(await openwopi(['get', wopiSrc, '--out', '/dev/null'], withToken(token))).toMatchObject({
    code: 0,
    stdout: '',
  })
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true)
})

test('get that fails leaves a file that was there as it was', async () => {
  const cwd = await temporaryFolder()
  await writeFile(join(cwd, 'notes.md'), 'mine')
  const host = await memoryHost()
  const { wopiSrc } = await host.make('notes.md', 'theirs')
  const ran = await openwopi(['get', wopiSrc, '--out', 'notes.md'], { cwd, ...withToken('no token') })
  expect(ran.code).toBe(1)
  expect(await readdir(cwd)).toEqual(['notes.md'])
  expect(await readFile(join(cwd, 'notes.md'), 'utf8')).toBe('mine')
})

test('put takes a lock for as long as it writes', async () => {
  const cwd = await temporaryFolder()
  const bytes = randomBytes(2_000_000)
  await writeFile(join(cwd, 'new.bin'), bytes)
  const host = await memoryHost()
  const { id, wopiSrc, token } = await host.make('data.bin', 'old')
  const ran = await openwopi(['put', wopiSrc, 'new.bin'], { cwd, ...withToken(token) })
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  expect(ran.stdout).toMatch(/^Saved as version \S+\.\n$/)
  expect(bytes.equals(await host.bytesOf(id))).toBe(true)
  expect(host.events.map(({ operation }) => operation)).toEqual(['lock', 'putFile', 'unlock'])
  expect(await host.lockOf(id)).toBeUndefined()
})

test('put - writes what comes from standard input', async () => {
  const host = await memoryHost()
  const { id, wopiSrc, token } = await host.make('notes.md', 'old')
  const ran = await openwopi(['put', wopiSrc, '-', '--token', token], { input: 'piped in' })
  expect(ran.code).toBe(0)
  expect((await host.bytesOf(id)).toString()).toBe('piped in')
})

test('put --no-lock fills an empty file, and is refused for another one', async () => {
  const host = await memoryHost()
  const empty = await host.make('empty.md')
  const full = await host.make('full.md', 'old')
  expect(
    (await openwopi(['put', empty.wopiSrc, '-', '--no-lock'], { input: 'x', ...withToken(empty.token) })).code,
  ).toBe(0)
  const refused = await openwopi(['put', full.wopiSrc, '-', '--no-lock'], { input: 'x', ...withToken(full.token) })
  expect(refused.code).toBe(1)
  expect(refused.stderr).toMatch(/^openwopi: The file is not locked.*"openwopi lock" locks it\.\n$/)
  expect((await host.bytesOf(full.id)).toString()).toBe('old')
})

test('A large put that is refused ends at once', async () => {
  const cwd = await temporaryFolder()
  await writeFile(join(cwd, 'new.bin'), randomBytes(20_000_000))
  const host = await memoryHost()
  const { id, wopiSrc, token } = await host.make('data.bin', 'old')
  const ran = await openwopi(['put', wopiSrc, 'new.bin', '--lock', 'none'], { cwd, ...withToken(token) })
  expect(ran).toMatchObject({ code: 1, stdout: '' })
  expect(ran.stderr).toContain('The file is not locked')
  expect((await host.bytesOf(id)).toString()).toBe('old')
})

test('lock, put with that lock, and unlock work together; another id is refused with the one that is held', async () => {
  const host = await memoryHost()
  const { id, wopiSrc, token } = await host.make('notes.md', 'old')
  const run = (args: string[], input?: string) => openwopi(args, { ...withToken(token), ...(input && { input }) })

  const locked = await run(['lock', wopiSrc])
  expect(locked).toMatchObject({ code: 0, stderr: '' })
  const lock = locked.stdout.trim()
  expect(lock).toMatch(/^[\w-]{36}$/)
  expect(await host.lockOf(id)).toBe(lock)

  expect(await run(['put', wopiSrc, '-', '--lock', lock], 'new')).toMatchObject({ code: 0 })
  expect((await host.bytesOf(id)).toString()).toBe('new')
  expect(await host.lockOf(id)).toBe(lock)

  for (const args of [
    ['put', wopiSrc, '-'],
    ['put', wopiSrc, '-', '--lock', 'other'],
    ['lock', wopiSrc],
    ['unlock', wopiSrc, '--lock', 'other'],
  ]) {
    const refused = await run(args, 'lost')
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain(`The file is locked with the id ${lock}`)
  }
  expect((await host.bytesOf(id)).toString()).toBe('new')
  expect(await run(['unlock', wopiSrc, '--lock', lock])).toEqual({ code: 0, stdout: 'Unlocked.\n', stderr: '' })
  expect(await host.lockOf(id)).toBeUndefined()
})

test('lock takes an id that is given', async () => {
  const host = await memoryHost()
  const { id, wopiSrc, token } = await host.make('notes.md')
  expect((await openwopi(['lock', wopiSrc, '--lock', 'mine'], withToken(token))).stdout).toBe('mine\n')
  expect(await host.lockOf(id)).toBe('mine')
})

test('info shows the properties in lines, or as the host sent them', async () => {
  const host = await memoryHost()
  const { wopiSrc, token } = await host.make('notes.md', 'hello')
  const lines = await openwopi(['info', wopiSrc], withToken(token))
  expect(lines.code).toBe(0)
  expect(lines.stdout).toMatch(/^BaseFileName +notes\.md$/m)
  expect(lines.stdout).toMatch(/^Size +5$/m)
  const json = await openwopi(['info', wopiSrc, '--json'], withToken(token))
  expect(JSON.parse(json.stdout)).toMatchObject({ BaseFileName: 'notes.md', Size: 5, UserFriendlyName: 'Ann' })
})

test('What a host names cannot steer the terminal', async () => {
  const host = await memoryHost()
  const { wopiSrc, token } = await host.make('\u001b]0;owned\u0007.md')
  const { stdout } = await openwopi(['info', wopiSrc], withToken(token))
  expect(stdout).not.toContain('\u001b')
  expect(stdout).toContain('\ufffd]0;owned\ufffd.md')
})

test('A file that is larger than the host stores is told of, and nothing has changed', async () => {
  const host = await memoryHost({ maxFileSize: 10 })
  const { id, wopiSrc, token } = await host.make('notes.md', 'old')
  const ran = await openwopi(['put', wopiSrc, '-'], { input: 'x'.repeat(1000), ...withToken(token) })
  expect(ran).toMatchObject({ code: 1, stdout: '' })
  expect(ran.stderr).toContain('larger than the host stores')
  expect((await host.bytesOf(id)).toString()).toBe('old')
  expect(await host.lockOf(id)).toBeUndefined()
})

test('Failures are told in a sentence that says what to do, and never show the token', async () => {
  const host = await memoryHost()
  const { id, wopiSrc, token } = await host.make('notes.md', 'old')
  const late = host.token(id, { expiresAt: Date.now() - 1000 })
  const readOnly = host.token(id, { can: ['read'] })
  const gone = 'http://127.0.0.1:9/wopi/files/1'

  const cases: [string[], string, number, string][] = [
    [['get', wopiSrc], late, 1, 'does not accept the token'],
    [['lock', wopiSrc], readOnly, 1, 'the token does not allow this'],
    [['get', gone], token, 1, 'cannot be reached'],
    [['get', 'notes.md'], token, 2, 'is not a WOPISRC'],
    [['put', wopiSrc, 'missing.md'], token, 1, 'missing.md cannot be read: it is not there.'],
    [['put', wopiSrc, '.'], token, 1, '. is not a file.'],
    [['get', wopiSrc, '--out', 'no/such/folder'], token, 1, 'cannot be written: it is not there.'],
  ]
  for (const [args, given, code, sentence] of cases) {
    const ran = await openwopi(args, withToken(given))
    expect(ran).toMatchObject({ code, stdout: '' })
    expect(ran.stderr).toContain(sentence)
    expect(ran.stderr).toMatch(/^openwopi: [^\n]*\n$/)
    expect(ran.stderr).not.toContain(given)
  }
  expect((await host.bytesOf(id)).toString()).toBe('old')
})

test('Without a token, it is said how to give one', async () => {
  const ran = await openwopi(['get', 'http://127.0.0.1:9/wopi/files/1'])
  expect(ran).toMatchObject({ code: 2, stdout: '' })
  expect(ran.stderr).toContain('--token TOKEN, or the variable OPENWOPI_TOKEN')
})
