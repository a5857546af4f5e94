import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { loadConfig } from '../../src/config.ts'
import { startSimulator } from '../../src/simulator/main.ts'
import { Secret } from '../../src/std/secret.ts'
import { loginSchemas } from '../../src/vendors/registry.ts'
import { startTestServer } from '../server/start-test-server.ts'
import { readInstructions, readManifests, readText, readYaml, root } from './read-deploy.ts'

const label = { 'app.kubernetes.io/name': 'dr-gateway' }
const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) })
const matchLabels = z.object({ matchLabels: z.record(z.string(), z.string()) })
const deploymentForm = z.object({
  spec: z.object({
    replicas: z.number(),
    selector: matchLabels,
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()) }),
      spec: z.object({
        securityContext: z.looseObject({}),
        containers: z.tuple([
          z.looseObject({
            ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
            securityContext: z.looseObject({}),
            startupProbe: probe,
            livenessProbe: probe,
            readinessProbe: probe,
          }),
        ]),
      }),
    }),
  }),
})

const readDeployment = () => deploymentForm.parse(readManifests().get('deployment.yaml')).spec

/** What a configuration takes from the environment. */
const listNames = (path: string): readonly string[] => [
  ...new Set([...readText(path).matchAll(/\$\{env:(?<name>\w+)\}/g)].map(({ groups }) => groups?.['name'] ?? '')),
]

const load = (path: string, env: Readonly<Record<string, string>>) =>
  loadConfig({ path: join(root, path), env, loginSchemas })

describe('the manifests for Kubernetes', () => {
  it('are all named by the kustomization, with the configuration', () => {
    const { resources, configMapGenerator } = z
      .object({ resources: z.array(z.string()), configMapGenerator: z.array(z.object({ files: z.array(z.string()) })) })
      .parse(readYaml('deploy/kubernetes/kustomization.yaml'))
    expect(resources.toSorted()).toEqual([...readManifests().keys()])
    expect(configMapGenerator.flatMap(({ files }) => files)).toEqual(['gateway.yaml'])
  })

  it('select the pods of the deployment, each of them', () => {
    // An empty selector would stand for none of them in a budget, and for every pod of the namespace in a policy.
    const { selector, template } = readDeployment()
    expect([selector.matchLabels, template.metadata.labels]).toEqual([label, label])
    const manifests = readManifests()
    expect(manifests.get('service.yaml')).toMatchObject({ spec: { selector: label } })
    const selected = { matchLabels: label }
    expect(manifests.get('pod-disruption-budget.yaml')).toMatchObject({ spec: { selector: selected } })
    expect(manifests.get('network-policy.yaml')).toMatchObject({ spec: { podSelector: selected } })
  })

  it('run more than one replica, none as root, with nothing to write to', () => {
    const { replicas, template } = readDeployment()
    expect(replicas).toBeGreaterThan(1)
    expect(template.spec.securityContext).toMatchObject({ runAsNonRoot: true })
    expect(template.spec.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
  })

  it('probe what the gateway answers, at the port that it listens to', async () => {
    const [{ ports, startupProbe, livenessProbe, readinessProbe }] = readDeployment().template.spec.containers
    await using server = await startTestServer()
    for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe]) {
      expect(ports.map(({ name }) => name)).toContain(httpGet.port)
      expect((await fetch(new URL(httpGet.path, server.url))).status).toBe(200)
    }
    const env = Object.fromEntries(listNames('deploy/kubernetes/gateway.yaml').map((name) => [name, 'postgres://db/x']))
    const { listen, metrics } = load('deploy/kubernetes/gateway.yaml', env)
    expect(ports.map(({ containerPort }) => containerPort)).toEqual([listen.port, metrics?.port])
    expect([listen.host, metrics?.host]).toEqual(['0.0.0.0', '0.0.0.0'])
  })
})

const composeForm = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      image: z.string(),
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.string()).optional(),
      read_only: z.boolean().optional(),
      cap_drop: z.array(z.string()).optional(),
      ports: z.array(z.string()).optional(),
      deploy: z.object({ replicas: z.number() }).optional(),
    }),
  ),
})
const readService = (name: string) => {
  const service = composeForm.parse(readYaml('deploy/compose.yaml')).services[name]
  if (service === undefined) throw new Error(`There is no service ${name}`)
  return service
}

describe('the compose file', () => {
  it('starts two replicas on one PostgreSQL, on this machine only, with nothing to write to', () => {
    const { deploy, ports, read_only: isReadOnly, cap_drop: dropped, environment } = readService('gateway')
    expect(deploy).toEqual({ replicas: 2 })
    expect(ports).toEqual(['127.0.0.1:4000-4001:4000'])
    expect([isReadOnly, dropped]).toEqual([true, ['ALL']])
    const {
      POSTGRES_USER: user,
      POSTGRES_PASSWORD: password,
      POSTGRES_DB: name,
    } = readService('postgres').environment ?? {}
    expect(environment?.['DR_STORE_URL']).toBe(`postgres://${user}:${password}@postgres:5432/${name}`)
  })

  it('gives the configuration every variable that it names, and no other', () => {
    const { environment = {} } = readService('gateway')
    expect(Object.keys(environment).toSorted()).toEqual(listNames('deploy/trial/gateway.yaml').toSorted())
    const { listen, auth } = load('deploy/trial/gateway.yaml', environment)
    expect(listen).toEqual({ host: '0.0.0.0', port: 4000 })
    expect(auth.tokens.map(({ sha256 }) => sha256)).toEqual([createHash('sha256').update('trial').digest('hex')])
  })

  it('knows the sites of the simulator, and their passwords', async () => {
    const { environment = {} } = readService('gateway')
    const free = { host: '127.0.0.1', port: 0 }
    await using simulator = await startSimulator({ speed: 0, seed: 1, fleetSize: 1, vcda: free, zerto: free })
    const logins = [
      ...simulator.vcda.sites.map(({ name, login }) => ({ name: name.toLowerCase(), ...login })),
      ...simulator.zerto.sites.map(({ name, login: { username: user, password } }) => ({
        name: name.toLowerCase(),
        user,
        password,
      })),
    ]
    const { sites } = load('deploy/trial/gateway.yaml', environment)
    const given = sites.map(({ name, login }) => ({
      name,
      user: login['user'] ?? login['username'],
      password: login['password'] instanceof Secret ? login['password'].reveal() : null,
    }))
    expect(given).toEqual(logins.map(({ name, user, password }) => ({ name, user, password })))
  })
})

describe('the Containerfile', () => {
  const instructions = readInstructions()
  const valuesOf = (wanted: string): readonly string[] =>
    instructions.filter(({ name }) => name === wanted).map(({ value }) => value)

  it('is made in stages, and runs as nobody in particular, with a health check', () => {
    const stages = valuesOf('FROM')
    expect(stages.length).toBeGreaterThan(1)
    const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'))
    const names = last.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['USER', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD']))
    expect(names).not.toContain('RUN')
    expect(last.find(({ name }) => name === 'USER')?.value).toMatch(/^[1-9]\d*:[1-9]\d*$/)
  })

  it('takes the Node that the package wants', () => {
    const { engines } = z
      .object({ engines: z.object({ node: z.string() }) })
      .parse(JSON.parse(readText('package.json')))
    const wanted = engines.node.replace('>=', '')
    for (const stage of valuesOf('FROM')) expect(stage).toMatch(new RegExp(`^node:${wanted}-`))
  })

  it('copies what there is, and is not ignored', () => {
    const allowed = readText('deploy/Containerfile.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
    const copied = valuesOf('COPY')
      .filter((value) => !value.startsWith('--from'))
      .flatMap((value) => value.split(' ').slice(0, -1))
    expect([...new Set(copied)].toSorted()).toEqual(allowed.toSorted())
    for (const path of copied) expect(globSync(path, { cwd: root })).toEqual([path])
  })
})

describe('the unit for systemd', () => {
  const lines = readText('deploy/systemd/dr-gateway.service').split('\n')
  const valuesOf = (name: string): readonly string[] =>
    lines.filter((line) => line.startsWith(`${name}=`)).map((line) => line.slice(name.length + 1))

  it('reloads by the signal that `serve` takes', () => {
    expect(valuesOf('ExecReload')).toEqual(['/bin/kill -HUP $MAINPID'])
  })

  it('starts again after a crash, but not with a configuration that cannot be used', () => {
    expect(valuesOf('Restart')).toEqual(['on-failure'])
    expect(valuesOf('RestartPreventExitStatus')).toEqual(['64 78'])
    expect(readText('src/main.ts')).toContain('usage: 64')
    expect(readText('src/main.ts')).toContain('config: 78')
  })

  it('lets it write to its own folder alone', () => {
    expect(valuesOf('DynamicUser')).toEqual(['yes'])
    expect(valuesOf('ProtectSystem')).toEqual(['strict'])
    expect(valuesOf('StateDirectory')).toEqual(['dr-gateway'])
    // Node writes machine code into memory.
    expect(valuesOf('MemoryDenyWriteExecute')).toEqual([])
  })
})
