import type { Content } from '@openwopi/host'
import type { Adopt, Adopted, AdoptedFile } from '@openwopi/storage-sql'
import type { Moved, MoveReport } from './moved.ts'

/** Why something stays out, where a person can do something about it. */
const troubles: Partial<Record<Adopted, string>> = {
  differs: 'it was saved both here and there since it was brought in; save the one beside the other by hand',
  locked: 'it is being edited; run this again once it is closed',
  'name taken': 'another file or folder has its name; rename one of them and run this again',
  'no folder': 'the folder that it lies in could not be brought in',
}

/** Brings everything in that is not here yet. Whatever ends it, running it again goes on where it was. */
export async function bringIn(moving: AsyncIterable<Moved>, adopt: Adopt, report: MoveReport): Promise<void> {
  for await (const moved of moving) {
    try {
      const adopted =
        moved.is === 'folder' ? await adopt.folder(moved.folder) : await adopt.file(counted(moved.file, report))
      const trouble = troubles[adopted]
      if (trouble === undefined) report.done(moved.is === 'folder' ? 'folder' : adopted, moved.path)
      else report.failed(moved.path, trouble)
    } catch (error) {
      report.failed(moved.path, error instanceof Error ? error.message : String(error))
    }
  }
}

const counted = (file: AdoptedFile, report: MoveReport): AdoptedFile => ({
  ...file,
  versions: file.versions.map((version) => ({
    ...version,
    async read() {
      const content = await version.read()
      return content && counting(content, report)
    },
  })),
})

async function* counting(content: Content, { passed }: MoveReport): Content {
  for await (const piece of content) {
    passed(piece.byteLength)
    yield piece
  }
}
