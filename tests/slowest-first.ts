import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The test files that take longest, in the order in which they begin. */
export const slowest: readonly string[] = [
  'packages/conformance/test/faults.test.ts',
  'packages/conformance/test/our-host.test.ts',
  'tests/torture/torture.test.ts',
  'tests/torture/broken.test.ts',
  'tests/e2e/hostile.test.ts',
  'apps/server/test/check.test.ts',
  'apps/server/test/check-database.test.ts',
  'apps/office/test/word/together.test.ts',
  'apps/office/test/pdf/editing.test.ts',
  'apps/server/test/cli/serve.test.ts',
  'tests/e2e/two-servers.test.ts',
  'apps/office/test/sheet/editing.test.ts',
  'packages/storage-sql/test/blobs/s3-faults.test.ts',
  'apps/server/test/web/uploads.test.ts',
  'apps/server/test/cli/check.test.ts',
  'tests/corpus/corpus.test.ts',
  'apps/server/test/web/list.test.ts',
  'tests/e2e/start.test.ts',
  'apps/office/test/restarts.test.ts',
  'apps/office/test/word/typing.test.ts',
  'packages/conformance/test/checks.test.ts',
  'apps/office/test/editing.test.ts',
  'apps/office/test/sheet/looks.test.ts',
  'apps/server/test/cli/secret.test.ts',
  'tests/cluster/cluster.test.ts',
  'tests/e2e/nothing-leaves.test.ts',
  'apps/server/test/spool/failing-bucket.test.ts',
  'apps/server/test/cli/wopi-commands.test.ts',
  'tests/e2e/editing.test.ts',
  'apps/office/test/sheet/limits.test.ts',
  'apps/server/test/spool/spool.test.ts',
  'apps/office/test/word/tools.test.ts',
  'apps/office/test/viewing.test.ts',
  'apps/office/test/word/around-text.test.ts',
  'examples/test/frameworks.test.ts',
  'apps/office/test/sheet/lines.test.ts',
  'apps/office/test/permissions.test.ts',
  'packages/storage-sql/test/contract.test.ts',
  'apps/office/test/converted.test.ts',
  'apps/office/test/converter/in-the-page.test.ts',
  'apps/office/test/host-messages.test.ts',
  'apps/server/test/spool/failing-database.test.ts',
  'tests/e2e/workbook.test.ts',
  'apps/server/test/web/sharing.test.ts',
  'tests/storm.test.ts',
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
