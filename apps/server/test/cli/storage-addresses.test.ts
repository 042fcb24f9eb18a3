import { expect, test } from 'vitest'
import { CommandError } from '../../src/cli/command-error.ts'
import { explainStart } from '../../src/cli/explain-start.ts'
import { readConfig } from '../../src/cli/read-config.ts'
import type { Config } from '../../src/config.ts'

const config = (flags: Record<string, string>) => readConfig({ flags, env: {}, cwd: '/nowhere' })

function refusal(flags: Record<string, string>): string {
  try {
    config(flags)
  } catch (error) {
    if (error instanceof CommandError && error.exitCode === 2) return error.message
    throw error
  }
  throw new Error('it was taken')
}

test.for([
  'postgres://openwopi@db.example.org/openwopi',
  'postgresql://openwopi:pass@db.example.org:5433/openwopi?sslmode=verify-full&sslrootcert=/etc/ca.pem',
  'postgres:///openwopi?host=/run/postgresql',
  'sqlite:/srv/files.db',
])('The database may be %s.', (database) => {
  expect(config({ database })).toMatchObject({ database })
})

test.for([
  ['mysql://root:pass-word@host/x', 'postgres://USER@HOST/NAME or sqlite:PATH'],
  ['postgres://user:pass-word@host:none/x', 'postgres://USER@HOST/NAME or sqlite:PATH'],
  ['sqlite:', 'sqlite:PATH'],
  ['sqlite:files.db?mode=ro', 'A path has no settings'],
  ['postgres://user:pass-word@host/x?sslmod=require', 'It has sslmod. Did you mean sslmode?'],
  ['postgres://user:pass-word@host/x?sslmode=on', 'sslmode is disable or prefer or require'],
  ['postgres://host/x?sslmode=require&sslmode=disable', 'sslmode more than once'],
  ['postgres://host/x?query_timeout=1', 'It has query_timeout.'],
  ['postgres://host/x?constructor=1', 'It has constructor.'],
])('The database may not be %s, which is said without its password.', ([database = '', says]) => {
  const message = refusal({ database })
  expect(message).toMatch(/^--database must be /)
  expect(message).toContain(says)
  expect(message).not.toContain('pass-word')
})

test.for([
  '/srv/blobs',
  'file:///srv/blobs',
  's3://documents/main?endpoint=https://s3.example.org:9000&region=eu-1&path-style=no&encryption=kms:key',
  's3://documents?customer-key-file=/etc/key',
])('Contents may lie at %s.', (blobs) => {
  expect(config({ blobs })).toMatchObject({ blobs })
})

test.for([
  ['gs://documents', 'a folder, or s3://BUCKET/PREFIX'],
  ['s3:documents', 'a folder, or s3://BUCKET/PREFIX'],
  ['S3://Documents_', 'a folder, or s3://BUCKET/PREFIX'],
  ['s3://key:pass-word@documents', 'set AWS_ACCESS_KEY_ID'],
  ['s3://documents?endpoint=s3.example.org', 'endpoint is an address such as https://s3.example.org'],
  ['s3://documents?path-style=maybe', 'path-style is yes or no. It is "maybe" there.'],
  ['s3://documents?path_style=yes', 'It has path_style. Did you mean path-style?'],
  ['s3://documents?encryption=rot13', 'encryption is store, kms or kms:KEY'],
  ['s3://documents?encryption=kms&customer-key-file=/etc/key', 'not both'],
  ['s3://documents?region=', 'region is the name of a region'],
])('Contents may not lie at %s.', ([blobs = '', says]) => {
  const message = refusal({ blobs })
  expect(message).toMatch(/^--blobs must be /)
  expect(message).toContain(says)
  expect(message).not.toContain('pass-word')
})

test('A server of a database whose name nobody knows is not taken for an address to listen on.', () => {
  const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND db.invalid'), {
    code: 'ENOTFOUND',
    hostname: 'db.invalid',
  })
  const { message } = explainStart(unknown, { host: '127.0.0.1' } as Config)
  expect(message).toContain('The name db.invalid is not known here')
  expect(message).toContain('--database')
})
