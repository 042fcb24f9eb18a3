import type { ClientConfig, Config } from '../config.ts'

/** The word for the office client that comes with the server, where others are written by their address. */
export const builtIn = 'built-in'

/** Whether the office client that comes with the server is one of its clients. */
export const hasBuiltIn = ({ clients }: Pick<Config, 'clients'>): boolean =>
  clients.length === 0 || clients.some(({ url }) => url === builtIn)

/** All clients in their order. `office`: the built-in one, with its address. */
export function clientsOf(
  { clients }: Pick<Config, 'clients'>,
  office: ClientConfig | undefined,
): readonly ClientConfig[] {
  if (!office) return clients
  return clients.length === 0 ? [office] : clients.map((client) => (client.url === builtIn ? office : client))
}

/** Refuses to prefer a client that is not configured: the preference would silently not hold. */
export function checkPreferences({ clients, preferences = [] }: Pick<Config, 'clients' | 'preferences'>): void {
  const names = clients.length === 0 ? ['office'] : clients.map(({ name }) => name)
  const wrong = preferences.find(({ client }) => !names.includes(client))
  if (!wrong) return
  throw new Error(
    `.${wrong.extension} files are to be opened in ${wrong.client}, but no client is called so. There is: ${names.join(', ')}. Write one of these after --prefer ${wrong.extension}=`,
  )
}
