/** One Content-Security-Policy: the sources of each directive. */
type Policy = ReadonlyMap<string, readonly string[]>

/** The policies of an answer; a proxy may have added one to that of the server, and all of them hold. */
export const policiesIn = (header: string | undefined): readonly Policy[] =>
  (header ?? '')
    .split(',')
    .filter((policy) => policy.trim() !== '')
    .map(
      (policy) =>
        new Map(
          policy
            .split(';')
            .map((directive) => directive.trim().split(/\s+/))
            .map(([name = '', ...sources]): [string, string[]] => [name.toLowerCase(), sources])
            .reverse(),
        ),
    )

/** Whom a page lets do something: `origin`, seen from a page at `self`. */
export interface Asked {
  readonly origin: string
  readonly self: string
}

/** Whether every policy allows it by the first of these directives that it has; one that has none allows everything. */
export const allows = (policies: readonly Policy[], directives: readonly string[], asked: Asked): boolean =>
  policies.every((policy) => {
    const name = directives.find((directive) => policy.has(directive))
    return name === undefined || (policy.get(name) ?? []).some((source) => fits(source, asked))
  })

function fits(source: string, { origin, self }: Asked): boolean {
  const { protocol, hostname, port } = new URL(origin)
  if (source === '*') return true
  if (source.toLowerCase() === "'self'") return origin === self
  if (/^[a-z][a-z\d+.-]*:$/i.test(source)) return source.toLowerCase() === protocol
  const [, scheme, host = '', wantedPort] = /^(?:([a-z][a-z\d+.-]*):\/\/)?([^:/]+)(?::(\d+|\*))?/i.exec(source) ?? []
  const isScheme =
    scheme === undefined || `${scheme.toLowerCase()}:` === protocol || (scheme === 'http' && protocol === 'https:')
  const isHost = host.startsWith('*.')
    ? hostname.endsWith(host.slice(1))
    : host === '*' || host.toLowerCase() === hostname
  const usual = port === ''
  const isPort =
    wantedPort === '*' ||
    wantedPort === port ||
    (wantedPort === undefined && usual) ||
    (usual && wantedPort === usualPort(protocol))
  return isScheme && isHost && isPort
}

const usualPort = (protocol: string) => (protocol === 'https:' ? '443' : '80')
