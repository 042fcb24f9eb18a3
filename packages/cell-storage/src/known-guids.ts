/** The partitions of a file whose names are known. */
export const partitions = {
  content: '00000000-0000-0000-0000-000000000000',
  metadata: '383adc0b-e66e-4438-95e6-e39ef9720122',
  editorsTable: '7808f4dd-2385-49d6-b7ce-37aca5e43602',
  wordUpdate: 'bbd4e3c0-21b4-463d-9279-9c5a9406aa8f',
} as const

/** What a file that is kept as cells begins with. */
export const fileSchema = {
  /** Of the storage manifest. */
  schema: '0eb93394-571d-41e9-aad3-880d92d31955',
  /** Of the storage manifest and of the revision. */
  root: '84defab9-aaa3-4a0d-a3a8-520c77ac7073:2',
  cell: '84defab9-aaa3-4a0d-a3a8-520c77ac7073:1/6f2a4665-42c8-46c7-bab4-e28fdce1e32b:1',
} as const
