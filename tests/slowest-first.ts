import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The test files that take longest, in the order in which they begin. */
export const slowest: readonly string[] = [
  'packages/conformance/test/faults.test.ts',
  'apps/office/test/sheet/editing.test.ts',
  'packages/conformance/test/our-host.test.ts',
  'packages/storage-sql/test/blobs/s3-faults.test.ts',
  'apps/office/test/editing.test.ts',
  'apps/server/test/cli/serve.test.ts',
  'apps/server/test/cli/check.test.ts',
  'apps/office/test/word/together.test.ts',
  'tests/e2e/hostile.test.ts',
  'apps/server/test/cli/wopi-commands.test.ts',
  'apps/server/test/web/uploads.test.ts',
  'apps/server/test/cli/secret.test.ts',
  'apps/office/test/restarts.test.ts',
  'apps/office/test/pdf/editing.test.ts',
  'apps/server/test/web/sharing.test.ts',
  'apps/office/test/sheet/looks.test.ts',
  'apps/server/test/web/list.test.ts',
  'apps/office/test/word/tools.test.ts',
  'apps/office/test/sheet/limits.test.ts',
  'apps/server/test/check-database.test.ts',
  'apps/office/test/viewing.test.ts',
  'tests/corpus/corpus.test.ts',
  'packages/conformance/test/checks.test.ts',
  'apps/server/test/cli/doctor.test.ts',
  'apps/server/test/check.test.ts',
  'examples/test/frameworks.test.ts',
  'apps/server/test/activities.test.ts',
  'apps/server/test/web/open-page.test.ts',
  'apps/office/test/host-messages.test.ts',
  'tests/e2e/editing.test.ts',
  'tests/e2e/start.test.ts',
  'apps/server/test/sign-in.test.ts',
  'tests/e2e/nothing-leaves.test.ts',
  'apps/office/test/word/typing.test.ts',
  'apps/office/test/converter/in-the-page.test.ts',
  'apps/office/test/converted.test.ts',
]

/** Begins with the files that take longest: one that begins last is waited for by all the others. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = slowest.indexOf(relative(this.ctx.config.root, moduleId))
      return place < 0 ? slowest.length : place
    }
    return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other))
  }
}
