export { createOffice } from './office.ts'
export type { Office, OfficeEvent, OfficeOptions } from './office-options.ts'
