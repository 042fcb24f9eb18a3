import { z } from 'zod'
import { didYouMean } from './nearest.ts'

/** What a setting behind the `?` of an address may be, and how to say so. */
interface Setting {
  readonly says: string
  readonly fits: (value: string) => boolean
}

type Settings = Readonly<Record<string, Setting>>

const oneOf = (...values: readonly string[]): Setting => ({
  says: values.join(' or '),
  fits: (value) => values.includes(value),
})

const named = (says: string, pattern = /./): Setting => ({ says, fits: (value) => pattern.test(value) })

const isWebAddress = (value: string) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)

/** What may be said of a bucket. */
const bucketSettings: Settings = {
  endpoint: { says: 'an address such as https://s3.example.org', fits: isWebAddress },
  region: named('the name of a region', /^[\w-]+$/),
  'path-style': oneOf('yes', 'no'),
  encryption: { says: 'store, kms or kms:KEY', fits: (value) => /^(store|kms(:.+)?)$/.test(value) },
  'customer-key-file': named('the path of a file'),
}

/** What may be said of a server of PostgreSQL: what the driver heeds, and nothing that this program sets itself. */
const serverSettings: Settings = {
  host: named('a host, or the folder of a socket'),
  port: named('a port', /^\d{1,5}$/),
  user: named('a name'),
  password: named('a password'),
  ssl: oneOf('true', 'no-verify'),
  sslmode: oneOf('disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'),
  sslrootcert: named('the path of a file'),
  sslcert: named('the path of a file'),
  sslkey: named('the path of a file'),
  sslnegotiation: oneOf('postgres', 'direct'),
  uselibpqcompat: oneOf('true'),
  application_name: named('a name'),
  options: named('what a session is started with'),
}

/** What is wrong with the settings of an address, as what follows "must be". `undefined`: nothing. */
function wrongSetting(params: URLSearchParams, settings: Settings): string | undefined {
  const names = Object.keys(settings)
  for (const [name, value] of params) {
    const setting = Object.hasOwn(settings, name) ? settings[name] : undefined
    if (!setting)
      return `an address with no other settings than ${names.join(', ')}. It has ${name}.${didYouMean(name, names)}`
    if (params.getAll(name).length > 1) return `an address with each setting once. It has ${name} more than once.`
    if (!setting.fits(value))
      return `an address whose ${name} is ${setting.says}. It is ${JSON.stringify(value)} there.`
  }
  return undefined
}

const bucketForm = 's3://BUCKET/PREFIX, with ?endpoint=URL, &region=NAME, &encryption=store, kms or kms:KEY if need be'

function wrongBucket(raw: string): string | undefined {
  const { hostname = '', username, password, hash, searchParams } = URL.canParse(raw) ? new URL(raw) : {}
  if (username || password)
    return 's3://BUCKET/PREFIX without credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
  if (!/^[a-z\d][a-z\d.-]+$/.test(hostname) || hash || !searchParams)
    return `a folder, or ${bucketForm}. It is ${JSON.stringify(raw)}.`
  if (searchParams.has('encryption') && searchParams.has('customer-key-file'))
    return 'an address with encryption or customer-key-file, not both: either the store has the key, or you do.'
  return wrongSetting(searchParams, bucketSettings)
}

const databaseForm = 'postgres://USER@HOST/NAME or sqlite:PATH'

function wrongDatabase(raw: string): string | undefined {
  if (/^sqlite:[^?]+$/.test(raw)) return undefined
  if (raw.startsWith('sqlite:')) return `${databaseForm}. A path has no settings.`
  // What it is instead is not shown: there may be a password in it.
  if (!/^postgres(ql)?:\/\//.test(raw) || !URL.canParse(raw)) return `${databaseForm}.`
  return wrongSetting(new URL(raw).searchParams, serverSettings)
}

/** A text in which nothing is wrong. */
const judged = (wrong: (raw: string) => string | undefined) =>
  z.string().transform((written, context): string => {
    const raw = written.trim()
    const complaint = wrong(raw)
    if (complaint === undefined) return raw
    context.addIssue(complaint)
    return z.NEVER
  })

/** `postgres://user@host/name`, or `sqlite:` and a path. */
export const databaseAddress = judged(wrongDatabase)

/** A folder, or a bucket of an object store. */
export const blobPlace = judged((raw) => {
  if (/^s3:/i.test(raw)) return wrongBucket(raw)
  const isElsewhere = /^[a-z][a-z\d+.-]+:\/\//i.test(raw) && !/^file:/i.test(raw)
  return raw === '' || isElsewhere ? `a folder, or ${bucketForm}.` : undefined
})
