import type { Feature } from '@openwopi/host'
import type { z } from 'zod'
import { type CellConfig, cellOptions } from './cells/options.ts'
import {
  address,
  base,
  choice,
  clientList,
  duration,
  featureList,
  featureNames,
  folder,
  origin,
  preferenceList,
  program,
  proxyList,
  size,
  wholeNumber,
  word,
} from './cli/config-values.ts'
import { type LinkConfig, linkOptions } from './links/options.ts'
import { type OauthConfig, oauthOptions } from './oauth/options.ts'
import { type SecureStoreConfig, secureStoreOptions } from './secure-store/options.ts'
import { type SpoolConfig, spoolOptions } from './spool/options.ts'
import { type StoredConfig, storedOptions } from './stored/options.ts'
import { type WatchConfig, watchOptions } from './watching/options.ts'

/** How the server is run. */
export interface Config
  extends OauthConfig,
    SecureStoreConfig,
    LinkConfig,
    StoredConfig,
    SpoolConfig,
    CellConfig,
    WatchConfig {
  /** The folder that is served; absolute. */
  readonly folder: string
  /** Where index, versions, users and secrets live; absolute. */
  readonly dataFolder: string
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** Address under which browsers reach this server: an origin, with a path if a proxy has it lie under one. Absent: as it listens. */
  readonly publicUrl?: string
  /** Address under which clients reach this server: an origin, with a path if a proxy cuts one off. Absent: as browsers do. */
  readonly callbackUrl?: string
  /** Empty: the built-in office client. */
  readonly clients: readonly ClientConfig[]
  /** Which client opens which files, where several could; of several for one extension, the first. */
  readonly preferences?: readonly Preference[]
  /** Absent: required of clients that publish keys. */
  readonly proof?: 'off' | 'if-present' | 'required'
  /** Addresses or networks (`10.0.0.0/8`) whose `X-Forwarded-…` headers are believed. */
  readonly trustedProxies: readonly string[]
  /** 0: any free one. */
  readonly officePort: number
  /** Origin under which browsers reach the built-in office client. Absent: as it listens. */
  readonly officeUrl?: string
  /** The program `soffice` of an installed LibreOffice. Absent: documents are not converted. */
  readonly soffice?: string
  /** Bytes. Absent: no limit but the disk's. */
  readonly maxFileSize?: number
  /** A folder with documents that empty ones start as; absolute. Absent: as their editors have it. */
  readonly templates?: string
  /** Where files lie, in a code of clients. Absent: it is not known. */
  readonly geoLocation?: string
  readonly keepVersions: number
  /** Milliseconds. */
  readonly tokenLifetime: number
  /** What clients are not offered. Absent: they are offered everything. */
  readonly without?: readonly Feature[]
}

/** A WOPI client that opens documents. */
export interface ClientConfig {
  /** Unique among the configured clients. */
  readonly name: string
  /** Address of its discovery document. */
  readonly url: string
  readonly profile: 'microsoft365' | 'collabora' | 'onlyoffice' | 'openwopi' | 'generic'
}

/** Files that a certain client shall open. */
export interface Preference {
  /** In lower case, without its dot. */
  readonly extension: string
  /** The name of a client. */
  readonly client: string
}

/** One thing that can be configured. Its flag, variable and key in the configuration file follow from its name. */
export interface Option {
  readonly name: string
  /** What to write after the flag. */
  readonly value: string
  readonly says: string
  /** From what was written to what it means; its message ends the sentence "… must be". */
  readonly check: z.ZodType
  readonly default?: string | number | readonly string[]
  /** What holds where there is no plain default. */
  readonly otherwise?: string
  /** May be given several times. */
  readonly isList?: boolean
  /** Relative to where it is written: the working directory, or the folder of the configuration file. */
  readonly isPath?: boolean
  /** Given by its place on the command line, without a flag. */
  readonly isArgument?: boolean
  /** Its flag stands alone and means `on`; its variable and its key say `on` or `off`. */
  readonly isSwitch?: boolean
  /** Given by its variable alone: a command line can be read by others, and so can many a file. */
  readonly isSecret?: boolean
}

/** Every option of `openwopi serve`, by what it sets. */
export const options = {
  folder: {
    name: 'folder',
    value: 'DIR',
    says: 'The folder to serve.',
    check: folder,
    default: '.',
    isPath: true,
    isArgument: true,
  },
  port: {
    name: 'port',
    value: 'PORT',
    says: 'Port of the web page and the WOPI host; 0 for any free one.',
    check: wholeNumber(0, 65535),
    default: 8080,
  },
  host: {
    name: 'host',
    value: 'ADDRESS',
    says: 'Address to listen on; any but a loopback address asks for users (openwopi user add).',
    check: address,
    default: '127.0.0.1',
  },
  publicUrl: {
    name: 'public-url',
    value: 'URL',
    says: 'Where browsers reach this server, if through a proxy; any but a loopback address asks for users.',
    check: base.exactOptional(),
    otherwise: 'as it listens',
  },
  callbackUrl: {
    name: 'callback-url',
    value: 'URL',
    says: 'Where WOPI clients reach this server, if not where browsers do.',
    check: base.exactOptional(),
    otherwise: 'the public URL',
  },
  dataFolder: {
    name: 'data',
    value: 'DIR',
    says: 'Where index, earlier versions, users and secrets are kept.',
    check: folder.exactOptional(),
    otherwise: '.openwopi in the folder served',
    isPath: true,
  },
  clients: {
    name: 'client',
    value: '[PROFILE=]URL',
    says: 'A WOPI client by its discovery URL, or built-in; profiles: microsoft365, collabora, onlyoffice, openwopi, generic.',
    check: clientList,
    default: [],
    otherwise: 'the built-in office client',
    isList: true,
  },
  preferences: {
    name: 'prefer',
    value: 'EXT=CLIENT',
    says: 'Which client opens files of an extension, where several can, as docx=collabora; its name is its profile.',
    check: preferenceList,
    default: [],
    otherwise: 'the first client that can',
    isList: true,
  },
  proof: {
    name: 'proof',
    value: 'MODE',
    says: 'Whether requests of clients must be signed with their proof keys: off, if-present or required.',
    check: choice(['off', 'if-present', 'required']).exactOptional(),
    otherwise: 'required of clients that publish keys',
  },
  trustedProxies: {
    name: 'trusted-proxy',
    value: 'ADDRESS',
    says: 'A proxy whose X-Forwarded headers are believed; an address or a network such as 10.0.0.0/8.',
    check: proxyList,
    default: [],
    otherwise: 'none',
    isList: true,
  },
  officePort: {
    name: 'office-port',
    value: 'PORT',
    says: 'Port of the built-in office client; 0 for any free one, and the same again the next time.',
    check: wholeNumber(0, 65535),
    default: 0,
  },
  officeUrl: {
    name: 'office-url',
    value: 'URL',
    says: 'Where browsers reach the built-in office client, if through a proxy.',
    check: origin.exactOptional(),
    otherwise: 'as it listens',
  },
  soffice: {
    name: 'soffice',
    value: 'PATH',
    says: 'LibreOffice, which shows, converts and draws what no editor here opens; off for none.',
    check: program.exactOptional(),
    otherwise: 'as it is installed',
  },
  maxFileSize: {
    name: 'max-file-size',
    value: 'BYTES',
    says: 'Largest file that is stored, as 500M or 2G.',
    check: size.exactOptional(),
    otherwise: 'what the disk holds',
  },
  templates: {
    name: 'templates',
    value: 'DIR',
    says: 'A folder with documents that empty ones start as, one for each extension.',
    check: folder.exactOptional(),
    otherwise: 'as their editors have it',
    isPath: true,
  },
  geoLocation: {
    name: 'geo-location',
    value: 'CODE',
    says: 'Where files lie, for clients with real-time co-authoring, as NAM or EUR.',
    check: word.exactOptional(),
    otherwise: 'ZZ, for an unknown place',
  },
  keepVersions: {
    name: 'keep-versions',
    value: 'COUNT',
    says: 'How many versions of a file are kept, the present one included.',
    check: wholeNumber(1, 1_000_000),
    default: 100,
  },
  tokenLifetime: {
    name: 'token-lifetime',
    value: 'TIME',
    says: 'How long a document stays open without signing in again, as 45m or 10h.',
    check: duration,
    default: '10h',
  },
  without: {
    name: 'without',
    value: 'NAME,...',
    says: `What WOPI clients are not offered: ${featureNames.join(', ')}.`,
    check: featureList,
    default: [],
    otherwise: 'nothing',
    isList: true,
  },
  ...storedOptions,
  ...spoolOptions,
  ...cellOptions,
  ...linkOptions,
  ...oauthOptions,
  ...secureStoreOptions,
  ...watchOptions,
} as const satisfies { readonly [K in keyof Required<Config>]: Option }

/** The variables of the process. Nothing else reads them. */
export const environment: Readonly<Record<string, string | undefined>> = process.env
