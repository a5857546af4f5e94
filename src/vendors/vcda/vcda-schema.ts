import { addVendorPart } from '../../graphql/builder.ts'
import { FailoverOptions, MoveOptions, TestFailoverOptions, UpdateOptions } from './vcda-options-schema.ts'
import { SiteDetails } from './vcda-site-schema.ts'
import { GroupDetails, ReplicationDetails } from './vcda-target-schema.ts'
import { VappTemplateWork, VappWork, VcenterVappWork, VcenterVmWork, VmWork } from './vcda-work-schema.ts'

/** Gives VCDA's part to the schema. Called once, by the registry. */
export const registerVcdaSchema = (): void =>
  addVendorPart({
    vendor: 'VCDA',
    optionName: 'vcda',
    words: {
      Site: 'a Cloud Director Availability cloud site',
      ProtectionGroup: 'a vApp replication',
      Replication: 'a VM replication',
      RecoveryPoint: 'an instance of a VM replication',
    },
    details: { Replication: ReplicationDetails, ProtectionGroup: GroupDetails, Site: SiteDetails },
    options: {
      FAILOVER: FailoverOptions,
      TEST_FAILOVER: TestFailoverOptions,
      MOVE: MoveOptions,
      UPDATE: UpdateOptions,
    },
    work: {
      vcdaVm: { type: VmWork, description: 'VCDA: one virtual machine of Cloud Director.' },
      vcdaVapp: { type: VappWork, description: 'VCDA: a vApp of Cloud Director, as one group.' },
      vcdaVappTemplate: {
        type: VappTemplateWork,
        description: 'VCDA: a vApp template of Cloud Director, as one group.',
      },
      vcdaVcenterVm: { type: VcenterVmWork, description: 'VCDA: one virtual machine of a vCenter of the customer.' },
      vcdaVcenterVapp: {
        type: VcenterVappWork,
        description: 'VCDA: several virtual machines of a vCenter of the customer, as one group.',
      },
    },
  })
