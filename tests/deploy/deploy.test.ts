import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { flagOf, rows, variableOf } from '../../apps/server/src/cli/read-config.ts'
import { createMeasures } from '../../apps/server/src/watching/measures.ts'
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

const containerOf = (documents: Record<string, unknown>[]) =>
  (documents.find(({ kind }) => kind === 'Deployment') as { spec: { template: { spec: { containers: [Container] } } } })
    .spec.template.spec.containers[0]

test('the chart makes whole Kubernetes objects, whose probes, ports and settings are those of the server', () => {
  const documents = renderChart(join(deploy, 'helm/openwopi'), { environment: { OPENWOPI_MAX_FILE_SIZE: '2G' } })
  expect(documents.map(({ kind }) => kind)).toEqual(['Deployment', 'PodDisruptionBudget', 'Ingress', 'Service'])
  for (const { apiVersion, metadata } of documents) {
    expect(apiVersion).toMatch(/^(\w+(\.k8s\.io)?\/)?v1$/)
    expect(metadata).toMatchObject({ name: 'demo', labels: { 'app.kubernetes.io/instance': 'demo' } })
  }
  const container = containerOf(documents)
  const names = container.env.map(({ name }) => name)
  expect(names).toContain('OPENWOPI_MAX_FILE_SIZE')
  for (const name of names.filter((name) => name.startsWith('OPENWOPI_'))) expect(variables).toContain(name)
  expect(container.image).toBe('openwopi:0.1.0')
  const ports = container.ports.map(({ name }) => name)
  for (const { httpGet } of [container.readinessProbe, container.livenessProbe]) expect(ports).toContain(httpGet.port)
  expect([container.readinessProbe.httpGet.path, container.livenessProbe.httpGet.path]).toEqual(['/readyz', '/healthz'])
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
  const compose = parse(textOf('compose.yaml'))
  expect(Object.keys(compose.services)).toEqual(['host', 'database', 'objects', 'collabora'])
  const named = [
    ...Object.keys(compose.services.host.environment),
    ...(textOf('Dockerfile').match(/\bOPENWOPI_\w+/g) ?? []),
  ].filter((name) => name.startsWith('OPENWOPI_'))
  expect(named.length).toBeGreaterThan(8)
  for (const name of named) expect(variables).toContain(name)
  for (const volume of Object.values<{ volumes?: string[] }>(compose.services).flatMap(({ volumes = [] }) => volumes))
    expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0])

  const unit = textOf('systemd/openwopi.service')
  for (const flag of unit.match(/ --[\w-]+/g) ?? []) expect(flags).toContain(flag.trim())
  for (const text of [unit, textOf('Dockerfile')]) {
    const [program = ''] = /apps\/server\/bin\/\S+?\.js/.exec(text) ?? []
    expect(existsSync(join(deploy, '..', program))).toBe(true)
  }
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
