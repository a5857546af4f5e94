import { Agenda } from '../clock.ts'
import type { Random } from '../random.ts'
import type {
  SimAppliance,
  SimGroup,
  SimPolicy,
  SimReplication,
  SimSite,
  SimVapp,
  SimVdc,
  SimVm,
  SlaProfile,
} from './vcda-sim-model.ts'
import type { SimPlan } from './vcda-sim-plan.ts'
import type { ApiError } from './vcda-sim-refusal.ts'
import {
  instanceKey,
  listMoments,
  renderGroup,
  renderMember,
  renderReplication,
  type Rendered,
} from './vcda-sim-rendering.ts'
import { hurryNextInstance } from './vcda-sim-replication.ts'
import type { SessionStore } from './vcda-sim-sessions.ts'
import { TaskStore } from './vcda-sim-tasks.ts'
import type { Moment } from './vcda-sim-timeline.ts'
import type { ServedVersion } from './vcda-sim-version.ts'

/**
 * All that the paired sites know together. Records may be changed by a test at will; what follows from them is
 * computed when somebody asks.
 */
export class VcdaWorld {
  readonly agenda = new Agenda()
  readonly tasks: TaskStore
  /** By name; clouds first. */
  readonly sites = new Map<string, SimSite>()
  /** By site name, for the sites that are served. */
  readonly sessions = new Map<string, SessionStore>()
  readonly organizations = new Set<string>()
  /** By `C4-…`, in the order in which they were started. */
  readonly replications = new Map<string, SimReplication>()
  /** By `C4VAPP-…`. */
  readonly groups = new Map<string, SimGroup>()
  /** By id, for machines of all sites. */
  readonly vms = new Map<string, SimVm>()
  readonly vapps = new Map<string, SimVapp>()
  readonly vdcs = new Map<string, SimVdc>()
  readonly slaProfiles = new Map<string, SlaProfile>()
  /** Names of the organisations that may use a profile, by its id. */
  readonly slaAssignments = new Map<string, Set<string>>()
  readonly policies = new Map<string, SimPolicy>()
  /** Id of an organisation's policy, where it is not the default one. */
  readonly policyAssignments = new Map<string, string>()
  readonly plans = new Map<string, SimPlan>()
  /** By site name, for clouds. */
  readonly appliances = new Map<string, SimAppliance>()
  /** Ids of machines whose start is accepted and not yet done, and of the seeds it takes. */
  readonly startingVmIds = new Set<string>()
  readonly random: Random
  /** Of both appliances. */
  readonly version: ServedVersion
  /** Whether a provider's session must be extended, too, for what touches the other site. */
  requiresExtension: boolean

  #morefs = 1_000

  constructor(random: Random, options: { readonly version: ServedVersion; readonly requiresExtension: boolean }) {
    this.random = random
    this.version = options.version
    this.requiresExtension = options.requiresExtension
    this.tasks = new TaskStore(this.agenda, random)
  }

  /** A name for a machine on premises that no other has. */
  nextMoref(): string {
    this.#morefs += 1
    return `vm-${this.#morefs}`
  }

  /** The members of a group that still exist. */
  membersOf(group: SimGroup): readonly SimReplication[] {
    return group.memberIds.flatMap((id) => this.replications.get(id) ?? [])
  }

  /** The instance with this key that can be recovered at `now`, or null. */
  findMoment(replication: SimReplication, key: string, now: number): Moment | null {
    return listMoments(replication, now).find((moment) => instanceKey(replication, moment) === key) ?? null
  }

  /** Makes a replication fail with this error from `now` on, or, with null, work again. */
  setError(id: string, error: ApiError | null, now: number): void {
    const replication = this.replications.get(id)
    if (replication === undefined) throw new Error(`no replication ${id}`)
    replication.lastError = error
    replication.timeline.close(now)
    if (error === null) hurryNextInstance(replication, now, replication.timeline.transferMs)
  }

  renderReplication(replication: SimReplication, now: number): Rendered {
    return renderReplication(replication, this.#profileName(replication), now)
  }

  renderGroup(group: SimGroup, now: number): Rendered {
    const members = this.membersOf(group).map((member) => renderMember(member, this.#profileName(member), now))
    return renderGroup(group, members)
  }

  #profileName(replication: SimReplication): string | null {
    const { slaProfileId } = replication.settings
    return slaProfileId === null ? null : (this.slaProfiles.get(slaProfileId)?.displayName ?? null)
  }
}
