import { join } from 'node:path'
import { type Converter, libreOffice } from '@openwopi/office/converter'
import type { Config } from '../config.ts'

/** The converter that is configured, with a folder of its own to work in. `undefined`: none is. */
export const converterOf = async (
  { soffice, dataFolder }: Pick<Config, 'soffice' | 'dataFolder'>,
  folder: string,
): Promise<Converter | undefined> =>
  soffice === undefined ? undefined : libreOffice({ program: soffice, folder: join(dataFolder, folder) })
