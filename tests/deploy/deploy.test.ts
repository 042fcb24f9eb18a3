import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { flagOf, rows, variableOf } from '../../apps/server/src/cli/read-config.ts'
import { createMeasures } from '../../apps/server/src/watching/measures.ts'
import { usualDrainLimit } from '../../apps/server/src/watching/options.ts'
import { renderChart } from './chart.ts'

const deploy = join(import.meta.dirname, '../../deploy')
const textOf = (name: string) => readFileSync(join(deploy, name), 'utf8')

const variables = new Set(rows.map(([, { name }]) => variableOf(name)))
const flags = new Set(rows.map(([, option]) => flagOf(option)))

interface Container {
  readonly env: readonly { readonly name: string; readonly value?: string }[]
  readonly image: string
  readonly ports: readonly { readonly name: string }[]
  readonly readinessProbe: { readonly httpGet: { readonly path: string; readonly port: string } }
  readonly livenessProbe: { readonly httpGet: { readonly path: string; readonly port: string } }
  readonly volumeMounts: readonly { readonly name: string }[]
}

interface Pods {
  readonly containers: readonly [Container]
  readonly terminationGracePeriodSeconds: number
  readonly volumes: readonly { readonly name: string }[]
}

interface StatefulSet {
  readonly spec: {
    readonly serviceName: string
    readonly template: { readonly spec: Pods }
    readonly volumeClaimTemplates: readonly { readonly metadata: { readonly name: string } }[]
  }
}

const nodesOf = (documents: Record<string, unknown>[]) =>
  (documents.find(({ kind }) => kind === 'StatefulSet') as { spec: StatefulSet['spec'] }).spec

interface Service {
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly depends_on?: object
}

/** A time as options have it, in seconds. */
const seconds = (time = '') => Number(time.replace(/s$/, ''))

test('the chart makes whole Kubernetes objects, whose probes, ports and settings are those of the server', () => {
  const documents = renderChart(join(deploy, 'helm/openwopi'), { environment: { OPENWOPI_MAX_FILE_SIZE: '2G' } })
  expect(documents.map(({ kind }) => kind)).toEqual([
    'PodDisruptionBudget',
    'Ingress',
    'Service',
    'Service',
    'StatefulSet',
  ])
  for (const { apiVersion, metadata } of documents) {
    expect(apiVersion).toMatch(/^(\w+(\.k8s\.io)?\/)?v1$/)
    expect(metadata).toMatchObject({
      name: expect.stringMatching(/^demo(-nodes)?$/),
      labels: { 'app.kubernetes.io/instance': 'demo' },
    })
  }
  const {
    containers: [container],
  } = nodesOf(documents).template.spec
  const names = container.env.map(({ name }) => name)
  expect(names).toContain('OPENWOPI_MAX_FILE_SIZE')
  for (const name of names.filter((name) => name.startsWith('OPENWOPI_'))) expect(variables).toContain(name)
  expect(container.image).toBe('openwopi:0.1.0')
  const ports = container.ports.map(({ name }) => name)
  for (const { httpGet } of [container.readinessProbe, container.livenessProbe]) expect(ports).toContain(httpGet.port)
  expect([container.readinessProbe.httpGet.path, container.livenessProbe.httpGet.path]).toEqual(['/readyz', '/healthz'])
})

test('each node of the chart keeps its data on a disk of its own, and has the time it takes to stop', () => {
  const documents = renderChart(join(deploy, 'helm/openwopi'))
  const { serviceName, template, volumeClaimTemplates } = nodesOf(documents)
  expect(documents.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata)).toContainEqual(
    expect.objectContaining({ name: serviceName }),
  )
  const { containers, terminationGracePeriodSeconds, volumes } = template.spec
  const [{ env, volumeMounts }] = containers
  const claims = volumeClaimTemplates.map(({ metadata }) => metadata.name)
  expect(claims).toEqual(['data'])
  expect([...claims, ...volumes.map(({ name }) => name)].sort()).toEqual(volumeMounts.map(({ name }) => name).sort())
  const set = (name: string) => seconds(env.find((variable) => variable.name === name)?.value)
  expect(terminationGracePeriodSeconds).toBeGreaterThan(set('OPENWOPI_DRAIN_DELAY') + set('OPENWOPI_DRAIN_LIMIT') + 10)
})

test('whoever stops the server gives it the time that it takes', () => {
  const [, stop] = /TimeoutStopSec=(\d+s)/.exec(textOf('systemd/openwopi.service')) ?? []
  for (const time of [stop, parse(textOf('compose.yaml'), { merge: true }).services.host.stop_grace_period])
    expect(seconds(time)).toBeGreaterThan(usualDrainLimit / 1000 + 10)
})

test('without an ingress the chart makes none, and both of its hosts stand in the one it makes', () => {
  const chart = join(deploy, 'helm/openwopi')
  expect(renderChart(chart, { ingress: { enabled: false } }).map(({ kind }) => kind)).not.toContain('Ingress')
  const ingress = renderChart(chart).find(({ kind }) => kind === 'Ingress') as { spec: { rules: { host: string }[] } }
  expect(ingress.spec.rules.map(({ host }) => host)).toEqual(['docs.example.org', 'office.example.org'])
})

test('a template that says something unknown, or a value that is missing, does not pass for a right one', () => {
  const chart = join(deploy, 'helm/openwopi')
  expect(() => renderChart(chart, { image: {} })).toThrow('a value is missing')
})

test('compose, Dockerfile and systemd unit name settings and files that there are', () => {
  const compose = parse(textOf('compose.yaml'), { merge: true })
  expect(Object.keys(compose.services)).toEqual(['host', 'bucket', 'database', 'objects', 'collabora'])
  const named = [
    ...Object.keys(compose.services.host.environment),
    ...(textOf('Dockerfile').match(/\bOPENWOPI_\w+/g) ?? []),
  ].filter((name) => name.startsWith('OPENWOPI_'))
  expect(named.length).toBeGreaterThan(8)
  for (const name of named) expect(variables).toContain(name)
  for (const { build, depends_on = {} } of Object.values<Service>(compose.services)) {
    for (const name of Object.keys(depends_on)) expect(Object.keys(compose.services)).toContain(name)
    if (build) expect(existsSync(join(deploy, build.context, build.dockerfile))).toBe(true)
  }
  for (const volume of Object.values<{ volumes?: string[] }>(compose.services).flatMap(({ volumes = [] }) => volumes))
    expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0])

  const unit = textOf('systemd/openwopi.service')
  for (const flag of /^ExecStart=.*$/m.exec(unit)?.[0].match(/ --[\w-]+/g) ?? []) expect(flags).toContain(flag.trim())
  for (const text of [unit, textOf('Dockerfile')]) {
    const [program = ''] = /apps\/server\/bin\/\S+?\.js/.exec(text) ?? []
    expect(existsSync(join(deploy, '..', program))).toBe(true)
  }
})

test('the bucket of the compose file is made as soon as its store answers, and left alone where it is there', async () => {
  const { bucket, host } = parse(textOf('compose.yaml'), { merge: true }).services
  const asked: string[] = []
  const answers = [503, 200, 409]
  const store = createServer((req, res) => {
    asked.push(`${req.method} ${req.url}`)
    const status = answers.shift() ?? 500
    const code = status === 409 ? 'BucketAlreadyOwnedByYou' : 'ServiceUnavailable'
    res.writeHead(status).end(status === 200 ? '' : `<Error><Code>${code}</Code></Error>`)
  }).listen(0, '127.0.0.1')
  await once(store, 'listening')
  onTestFinished(() => void store.close())
  const address = store.address()
  if (address === null || typeof address === 'string') throw new Error('the store listens on no port')
  const [, ...args] = bucket.entrypoint.map((word: string) =>
    word.replace('http://objects:8333', `http://127.0.0.1:${address.port}`),
  )
  for (const _ of ['made', 'there'])
    await promisify(execFile)(process.execPath, args, {
      cwd: join(deploy, '..'),
      env: { ...process.env, ...bucket.environment },
    })
  const [, name] = /^s3:\/\/([^?/]+)/.exec(host.environment.OPENWOPI_BLOBS) ?? []
  expect(asked).toEqual(Array(3).fill(`PUT /${name}/`))
})

test('every measure that the dashboard draws is one that the server keeps', async () => {
  const measured = await createMeasures({ isReady: () => true, failedSaves: async () => 0 }).text()
  const kept = new Set(measured.match(/^# TYPE (\S+)/gm)?.map((line) => line.slice('# TYPE '.length)))
  const { panels } = JSON.parse(textOf('grafana/openwopi.json')) as { panels: { targets: { expr: string }[] }[] }
  const drawn = panels
    .flatMap(({ targets }) => targets)
    .flatMap(({ expr }) => expr.match(/\b(openwopi|nodejs|process)_\w+/g) ?? [])
    .map((name) => name.replace(/_(bucket|count|sum)$/, ''))
  expect(drawn.length).toBeGreaterThan(8)
  for (const name of drawn) expect(kept).toContain(name)
})
