import { exec } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { memoryHost } from './memory-host.ts'
import { openwopi, start, temporaryFolder } from './openwopi.ts'

// Each of a test's many commands is a process that starts anew.
vi.setConfig({ testTimeout: 900_000 })

/** A port that nobody uses, at which a host can be found again after it was started anew. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** What a host that is starting gives out as soon as it listens. */
async function tokenOf(path: string): Promise<{ wopiSrc: string; accessToken: string }> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { code, stdout } = await openwopi(['token', path, '--json'])
    if (code === 0) return JSON.parse(stdout)
  }
  throw new Error('the host does not start')
}

async function serve(folder: string) {
  const child = start(['serve', folder, '--port', '0'])
  const exited = once(child, 'exit')
  child.stderr.resume()
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (JSON.parse(line).event === 'listening') resolve()
    })
    exited.then(() => reject(new Error('it did not start')))
  })
  return async () => {
    child.kill('SIGTERM')
    await exited
  }
}

test('openwopi serve passes every check, and the folder is afterwards what it was before', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'notes.md'), 'first\n')
  const stop = await serve(folder)
  const issued = JSON.parse((await openwopi(['token', join(folder, 'notes.md'), '--json'])).stdout)
  const ran = await openwopi(['check', issued.wopiSrc, '--report', 'json'], {
    env: { OPENWOPI_TOKEN: issued.accessToken },
  })
  const report = JSON.parse(ran.stdout)
  const wrong = report.outcomes.filter(({ result }: { result: string }) => !['passed', 'skipped'].includes(result))
  expect(wrong).toEqual([])
  expect(ran.code).toBe(0)
  expect(ran.stderr).toContain('Files named openwopi-check-… are made beside notes.md')
  expect(report.leftovers).toEqual([])
  expect(report.tally.passed).toBeGreaterThan(150)
  expect(ran.stdout).not.toContain(issued.accessToken)
  expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual(['notes.md'])
  expect(await readFile(join(folder, 'notes.md'), 'utf8')).toBe('first\n')
  await stop()
})

test('check says what a host does wrong, in each form, and ends with 1', async () => {
  const folder = await temporaryFolder()
  const host = await memoryHost()
  const { wopiSrc, token } = await host.make('notes.md', 'text')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = join(folder, 'key.pem')
  await writeFile(pem, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  // The host looks at no proof, which is what is wrong with it.
  const check = (...args: string[]) =>
    openwopi(['check', wopiSrc, '--group', 'proof', '--proof-key', pem, ...args], { env: { OPENWOPI_TOKEN: token } })

  const text = await check()
  expect(text.code).toBe(1)
  expect(text.stdout).toContain('✗ A request of which neither signature holds is refused with 500.')
  expect(text.stdout).toContain('expected  status 500')
  expect(text.stdout.trimEnd().split('\n').at(-1)).toMatch(/^\d+ failed, .*passed in \d+\.\d s: http/)

  for (const [form, sign] of [
    ['html', /^<!doctype html>[\s\S]*\d+ of \d+ checks failed[\s\S]*<\/html>\n$/],
    ['junit', /^<\?xml [\s\S]*<failure message="expected status 500; came status 200">[\s\S]*<\/testsuites>\n$/],
    ['json', /^\{[\s\S]*"result": "failed"[\s\S]*\}\n$/],
  ] as const) {
    const out = join(folder, `report.${form}`)
    const ran = await check('--report', form, '--out', out)
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    const report = await readFile(out, 'utf8')
    expect(report).toMatch(sign)
    expect(report).not.toContain(token)
  }
})

test('check starts the host anew with the command it is given, and sees what the host still knows', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'notes.md'), 'first\n')
  const script = fileURLToPath(new URL('../../bin/openwopi.js', import.meta.url))
  const serving = `'${process.execPath}' '${script}' serve '${folder}' --port ${await freePort()} > '${folder}/.log' 2>&1 & echo $! > '${folder}/.pid'`
  const stopping = `kill $(cat '${folder}/.pid'); while kill -0 $(cat '${folder}/.pid') 2>/dev/null; do sleep 0.1; done`
  await promisify(exec)(serving)
  onTestFinished(async () => void (await promisify(exec)(stopping)))
  const issued = await tokenOf(join(folder, 'notes.md'))
  const restart = ['--restart-command', `${stopping}; ${serving}`]
  const ran = await openwopi(['check', issued.wopiSrc, '--group', 'restart', '--report', 'json', ...restart], {
    env: { OPENWOPI_TOKEN: issued.accessToken },
  })
  const { outcomes } = JSON.parse(ran.stdout) as { outcomes: { says: string; result: string; client?: string }[] }
  expect(outcomes.filter(({ result }) => result === 'failed' || result === 'error')).toEqual([])
  expect(outcomes.filter(({ result }) => result === 'passed').map(({ says }) => says)).toContain(
    'A lock holds after a restart.',
  )
  expect(ran.code).toBe(0)
})

test('check says that a command it was given did not work, rather than that the host is wrong', async () => {
  const host = await memoryHost()
  const { wopiSrc, token } = await host.make('notes.md', 'text')
  const env = { OPENWOPI_TOKEN: token }
  const ran = await openwopi(['check', wopiSrc, '--group', 'expiry', '--clock-command', 'exit 3'], { env })
  expect(ran).toMatchObject({ code: 1, stdout: expect.stringContaining('the command "exit 3" ended with 3') })
  const both = await openwopi(['check', wopiSrc, '--slow', '--clock-command', 'true'], { env })
  expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('either waited for') })
  const unsigned = await openwopi(['check', wopiSrc, '--bootstrapper', 'http://127.0.0.1:9/wopibootstrapper'], { env })
  expect(unsigned).toMatchObject({ code: 2, stderr: expect.stringContaining('--oauth-token') })
})

test('check that cannot begin says why', async () => {
  const host = await memoryHost()
  const { wopiSrc, token } = await host.make('notes.md')
  const env = { OPENWOPI_TOKEN: token }
  expect(await openwopi(['check', wopiSrc, '--group', 'lock'], { env })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('There are no checks of "lock"; there are: check-file-info'),
  })
  expect(await openwopi(['check', `${wopiSrc}0`], { env })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('CheckFileInfo answers status 401'),
  })
  expect(await openwopi(['check', 'http://127.0.0.1:9/wopi/files/1'], { env })).toMatchObject({ code: 1, stdout: '' })
  expect(await openwopi(['check', wopiSrc, '--proof-key', wopiSrc], { env })).toMatchObject({ code: 1, stdout: '' })
})
