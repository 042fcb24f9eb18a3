import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'

const run = promisify(execFile)

/** How a certificate is to be. */
export interface CertificateOptions {
  /** Default: `localhost`. */
  readonly name?: string
  /** Days from now on until which it is good; negative: it has run out. Default 90. */
  readonly days?: number
  /** Made by an authority that the first one has made. */
  readonly isFromBetween?: boolean
  readonly isSelfSigned?: boolean
}

/** A key and a certificate in PEM. */
export interface Pair {
  readonly key: string
  readonly cert: string
}

/** An authority that makes certificates, with its own in PEM. */
export interface CertificateAuthority {
  readonly certificate: string
  /** The certificate of the authority in between. */
  readonly between: string
  make(options?: CertificateOptions): Promise<Pair>
}

/** Makes one with openssl, in a folder that is gone after the test. */
export async function certificateAuthority(): Promise<CertificateAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-authority-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = (name: string) => join(folder, name)
  const openssl = (...args: readonly string[]) => run('openssl', [...args], { cwd: folder })
  const newKey = ['-newkey', 'rsa:2048', '-nodes']
  await writeFile(path('ca.ext'), 'basicConstraints=critical,CA:TRUE\n')
  await openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-subj',
    '/CN=Root/O=Test Authority',
  )
  await openssl(
    'req',
    ...newKey,
    '-keyout',
    'between.key',
    '-out',
    'between.csr',
    '-subj',
    '/CN=Between/O=Test Between',
  )
  await openssl(
    'x509',
    '-req',
    '-in',
    'between.csr',
    '-CA',
    'root.pem',
    '-CAkey',
    'root.key',
    '-CAcreateserial',
    '-out',
    'between.pem',
    '-days',
    '90',
    '-extfile',
    'ca.ext',
  )
  let made = 0

  return {
    certificate: await readFile(path('root.pem'), 'utf8'),
    between: await readFile(path('between.pem'), 'utf8'),
    async make({ name = 'localhost', days = 90, isFromBetween = false, isSelfSigned = false } = {}) {
      const id = String(made++)
      const by = isFromBetween ? 'between' : 'root'
      const signer = isSelfSigned
        ? ['-signkey', `${id}.key`]
        : ['-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial']
      await writeFile(path(`${id}.ext`), `subjectAltName=DNS:${name}\n`)
      await openssl('req', ...newKey, '-keyout', `${id}.key`, '-out', `${id}.csr`, '-subj', `/CN=${name}`)
      await openssl(
        'x509',
        '-req',
        '-in',
        `${id}.csr`,
        ...signer,
        '-out',
        `${id}.pem`,
        '-days',
        String(days),
        '-extfile',
        `${id}.ext`,
      )
      return { key: await readFile(path(`${id}.key`), 'utf8'), cert: await readFile(path(`${id}.pem`), 'utf8') }
    },
  }
}
