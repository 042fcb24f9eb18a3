import { expect, test } from 'vitest'
import { countCalls } from '../../src/adapter/count-calls.ts'

test('calls under way end before their storage does, however they end, and none begins afterwards', async () => {
  const calls = countCalls('the folder is no longer served')
  const told: string[] = []
  let finish = () => {}
  const waiting = new Promise<void>((resolve) => {
    finish = resolve
  })
  const port = calls.counted({
    kind: 'port',
    read: async (name: string) => {
      await waiting
      told.push(name)
    },
    fail: async () => {
      await waiting
      throw new Error('the disk is full')
    },
  })
  expect(port.kind).toBe('port')
  const [read, failed] = [port.read('a.txt'), expect(port.fail()).rejects.toThrow('the disk is full')]
  const ended = calls.end().then(() => told.push('end'))
  await expect(port.read('late')).rejects.toThrow('the folder is no longer served')
  finish()
  await Promise.all([read, failed, ended])
  expect(told).toEqual(['a.txt', 'end'])
})

test('a storage that nobody is using ends at once, as often as it is told to', async () => {
  const calls = countCalls('closed')
  await calls.end()
  await calls.end()
})
