import assert from 'node:assert/strict'
import type { Container, Containers, PageRequest, Storage } from '../ports.ts'
import type { ContractTest } from './contract-test.ts'

/** Containers whose root is empty, and the storage whose files lie in them. */
export interface ContainersUnderTest {
  readonly containers: Containers
  readonly storage: Storage
}

const by = { by: { id: 'ann', name: 'Ann' } }

async function* content(text: string) {
  yield new TextEncoder().encode(text)
}

async function made(containers: Containers, parentId: string, name: string): Promise<Container> {
  const container = await containers.create(parentId, name)
  assert.ok(container, `${name} is created`)
  return container
}

/** What every `Containers` must do. */
export function containersContract(
  test: ContractTest,
  create: () => Promise<ContainersUnderTest> | ContainersUnderTest,
): void {
  const on = (name: string, run: (under: ContainersUnderTest, root: Container) => Promise<void>) =>
    test(name, async () => {
      const under = await create()
      await run(under, await under.containers.root())
    })

  on('the root has no parent and no ancestors, and is found by its id', async ({ containers }, root) => {
    assert.equal(root.parentId, undefined)
    assert.deepEqual(await containers.ancestors(root.id), [])
    assert.equal((await containers.find(root.id))?.name, root.name)
    assert.ok(root.name !== '' && root.ownerId !== '')
  })

  on(
    'a container that is made is found, lies where it was made, and knows its ancestors from the root down',
    async ({ containers }, root) => {
      const outer = await made(containers, root.id, 'outer')
      const inner = await made(containers, outer.id, 'inner Zoë 中')
      assert.equal((await containers.find(inner.id))?.parentId, outer.id)
      assert.deepEqual(
        (await containers.ancestors(inner.id)).map(({ id }) => id),
        [root.id, outer.id],
      )
    },
  )

  on('what is not there is undefined', async ({ containers }) => {
    for (const id of ['no-such-id', '..', '', '/', '\0']) assert.equal(await containers.find(id), undefined)
    assert.equal(await containers.create('no-such-id', 'name'), undefined)
  })

  on('a name that is taken, by a container or a file, is refused', async ({ containers, storage }, root) => {
    await made(containers, root.id, 'taken')
    await storage.create(root.id, ['file.txt'], content('x'), by)
    assert.equal(await containers.create(root.id, 'taken'), undefined)
    assert.equal(await containers.create(root.id, 'file.txt'), undefined)
    assert.equal(await storage.create(root.id, ['taken'], content('x'), by), undefined)
  })

  on('a rename keeps the ids of the container and of all in it', async ({ containers, storage }, root) => {
    const container = await made(containers, root.id, 'before')
    const file = await storage.create(container.id, ['a.txt'], content('x'), by)
    const renamed = await containers.rename(container, 'after')
    assert.deepEqual([renamed?.id, renamed?.name], [container.id, 'after'])
    assert.equal((await storage.find(file?.id ?? ''))?.parentId, container.id)
    await made(containers, root.id, 'before')
    assert.equal(await containers.rename(container, 'before'), undefined)
  })

  on('a container is removed only when it is empty', async ({ containers, storage }, root) => {
    const container = await made(containers, root.id, 'full')
    const file = await storage.create(container.id, ['a.txt'], content('x'), by)
    assert.ok(file)
    assert.equal(await containers.remove(container), false)
    await storage.remove(file, by)
    assert.equal(await containers.remove(container), true)
    assert.equal(await containers.find(container.id), undefined)
  })

  on(
    'of removing a container and filling it at the same time, one comes first',
    async ({ containers, storage }, root) => {
      for (let round = 0; round < 20; round++) {
        const container = await made(containers, root.id, `contested ${round}`)
        const removing = async () => containers.remove(container)
        const filling = async () => storage.create(container.id, ['a.txt'], content('x'), by)
        const isFirst = round % 2 === 0 && removing()
        const filled = filling()
        const [removed, file] = await Promise.all([isFirst || removing(), filled])
        const isThere = (await containers.find(container.id)) !== undefined
        assert.deepEqual([isThere, file !== undefined], [!removed, !removed])
        if (file) assert.equal((await storage.find(file.id))?.parentId, container.id)
      }
    },
  )

  on(
    'pages hold everything once, containers before files, in the order asked for',
    async ({ containers, storage }, root) => {
      for (const name of ['c', 'a', 'b']) await made(containers, root.id, name)
      for (const [name, text] of [
        ['2.txt', 'xx'],
        ['1.txt', 'xxx'],
        ['3.txt', 'x'],
      ])
        await storage.create(root.id, [name ?? ''], content(text ?? ''), by)
      const names = async (request: Omit<PageRequest, 'limit'>) => {
        const all: string[] = []
        let after: string | undefined
        do {
          const page = await containers.children(root.id, {
            ...request,
            limit: 2,
            ...(after !== undefined && { after }),
          })
          assert.equal(page.total, 6)
          all.push(...[...page.containers, ...page.files].map(({ name }) => name))
          after = page.next
        } while (after !== undefined)
        return all
      }
      assert.deepEqual(await names({ sort: 'name' }), ['a', 'b', 'c', '1.txt', '2.txt', '3.txt'])
      assert.deepEqual((await names({ sort: 'size', descending: true })).slice(3), ['1.txt', '2.txt', '3.txt'])
    },
  )
}
