import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DCLinter } from 'dclint'
import { validate } from 'dockerfile-utils'
import { Deployment } from 'kubernetes-models/apps/v1'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { Service, ServiceAccount } from 'kubernetes-models/v1'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readManifests, readText, root } from './read-deploy.ts'

/** `validate` throws for what the schema of the API does not know. */
type Model = new (data: never) => { validate(): void }

const models: Readonly<Record<string, Model>> = {
  'deployment.yaml': Deployment,
  'network-policy.yaml': NetworkPolicy,
  'pod-disruption-budget.yaml': PodDisruptionBudget,
  'service-account.yaml': ServiceAccount,
  'service.yaml': Service,
}

const lintManifest = (file: string, manifest: unknown): void => {
  const KindModel = models[file]
  if (KindModel === undefined) throw new Error(`Nobody has said what ${file} is`)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whether it is one is what is asked here
  new KindModel(manifest as never).validate()
}

/** How keys are sorted is a matter of taste: ours stand by what belongs together. */
const composeRules = {
  'service-keys-order': 0,
  'services-alphabetical-order': 0,
  'top-level-properties-order': 0,
} as const
const lintResults = z.array(z.object({ messages: z.array(z.object({ message: z.string() })) }))

const lintCompose = (path: string): readonly string[] => {
  const linter = new DCLinter({ rules: composeRules, quiet: false, debug: false, exclude: [] })
  return lintResults
    .parse(linter.lintFiles([path], false))
    .flatMap(({ messages }) => messages.map((one) => one.message))
}

describe('what is deployed', () => {
  it.each([...readManifests()])('%s is a resource as Kubernetes has it', (file, manifest) => {
    expect(() => lintManifest(file, manifest)).not.toThrow()
    const asText = JSON.stringify(manifest).replace('"metadata":{', '"metadata":7,"was":{')
    expect(() => lintManifest(file, JSON.parse(asText))).toThrow('metadata')
  })

  it('is a Containerfile without a mistake', () => {
    const text = readText('deploy/Containerfile')
    expect(validate(text)).toEqual([])
    expect(validate(text.replace('EXPOSE 4000', 'EXPOSE here'))).not.toEqual([])
  })

  it('is a compose file as the specification has it', () => {
    expect(lintCompose(join(root, 'deploy/compose.yaml'))).toEqual([])
    const folder = mkdtempSync(join(tmpdir(), 'dr-gateway-compose-'))
    const path = join(folder, 'compose.yaml')
    writeFileSync(path, readText('deploy/compose.yaml').replace('depends_on:', 'depends:'))
    const wrong = lintCompose(path)
    rmSync(folder, { recursive: true })
    expect(wrong).not.toEqual([])
  })

  it.runIf(existsSync('/usr/bin/systemd-analyze'))(
    'is a unit that systemd knows every word of (skipped where systemd-analyze is not installed)',
    () => {
      const unit = join(root, 'deploy/systemd/dr-gateway.service')
      expect(() => execFileSync('systemd-analyze', ['verify', unit], { stdio: 'pipe' })).not.toThrow()
    },
  )

  it.runIf(existsSync('/usr/bin/kubectl'))(
    'is a kustomization that kubectl puts together (skipped where kubectl is not installed)',
    () => {
      const folder = join(root, 'deploy/kubernetes')
      const applied = execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8', stdio: 'pipe' })
      const kinds = [...applied.matchAll(/^kind: (?<kind>\w+)$/gm)].map(({ groups }) => groups?.['kind'] ?? '')
      expect(kinds.toSorted()).toEqual([
        'ConfigMap',
        'Deployment',
        'NetworkPolicy',
        'PodDisruptionBudget',
        'Service',
        'ServiceAccount',
      ])
      // What the deployment mounts is what was made of gateway.yaml.
      expect(applied).toMatch(/kind: ConfigMap\nmetadata:\n(?: .*\n)*? {2}name: dr-gateway\n/)
    },
  )
})
