/** What the input of a group says of one machine in it, and what groups and machines both have. */
import { builder } from '../../graphql/builder.ts'

export const IpModeRef = builder.enumType('ZertoIpMode', {
  description: 'How a network card gets its address in Cloud Director.',
  values: {
    IP_POOL: { description: 'From the pool of the network.' },
    MANUAL: { description: 'The address that is given beside it.' },
    DHCP: { description: 'By DHCP.' },
    NONE: { description: 'None.' },
  } as const,
})

export const JournalInput = builder.inputType('ZertoJournalInput', {
  description: 'Limits and place of a journal. What is left out stays as the site has it.',
  fields: (t) => ({
    hardLimitMegabytes: t.int({ description: 'The most that it may take for a machine, in MB; 0 is no limit.' }),
    hardLimitPercent: t.int({ description: 'The same in percent of the machine, instead of MB.' }),
    warningMegabytes: t.int({ description: 'Where the site begins to warn, in MB; 0 is never.' }),
    warningPercent: t.int({ description: 'The same in percent of the machine, instead of MB.' }),
    datastoreId: t.string({ description: 'Datastore that holds it.' }),
    datastoreClusterId: t.string({ description: 'Datastore cluster that holds it, instead of a datastore.' }),
  }),
})

export const ScriptInput = builder.inputType('ZertoScriptInput', {
  description: 'A script on the machine of the ZVM.',
  fields: (t) => ({
    command: t.string({ required: true, description: 'Path and name of the script.' }),
    parameters: t.string({ description: 'What it is called with.' }),
    timeoutSeconds: t.int({ description: 'How long it may run, in seconds. Left out: 300.' }),
  }),
})

export const VcdNetworkMapping = builder.inputType('ZertoVcdNetworkMappingInput', {
  description: 'Which network of an organisation a machine gets in place of another.',
  fields: (t) => ({
    protectedNetworkId: t.string({ required: true, description: 'The network at the protected site.' }),
    recoveryNetworkId: t.string({ description: 'The network at the recovery site.' }),
    reverseTestNetworkId: t.string({ description: 'The network for tests after a reversal.' }),
  }),
})

export const VcdNetworkInput = builder.inputType('ZertoVcdNetworkInput', {
  description: 'Networks of a VPG that is recovered to Cloud Director.',
  fields: (t) => ({
    defaultNetworkId: t.string({ description: 'Network of whatever is not mapped.' }),
    copyNatRules: t.string({ description: "Which NAT rules are copied, in the vendor's own word." }),
    isGuestCustomizationEnabled: t.boolean({ description: 'True lets Cloud Director customise the guests.' }),
    mappings: t.field({ type: [VcdNetworkMapping], description: 'The networks one by one.' }),
  }),
})

export const IpConfigInput = builder.inputType('ZertoIpConfigInput', {
  description: 'The address of a recovered network card.',
  fields: (t) => ({
    isDhcp: t.boolean({ description: 'True asks DHCP; then nothing else is given.' }),
    staticIp: t.string({ description: 'The address.' }),
    subnetMask: t.string({ description: 'Its subnet mask.' }),
    gateway: t.string({ description: 'The gateway.' }),
    primaryDns: t.string({ description: 'The first name server.' }),
    secondaryDns: t.string({ description: 'The second name server.' }),
  }),
})

export const VcdNicInput = builder.inputType('ZertoVcdNicInput', {
  description: 'A recovered network card in Cloud Director.',
  fields: (t) => ({
    networkId: t.string({ description: "Network of the recovery site's organisation." }),
    ipMode: t.field({ type: IpModeRef, description: 'How it gets its address.' }),
    ipAddress: t.string({ description: 'The address, where the mode is MANUAL.' }),
    isPrimary: t.boolean({ description: "True makes it the machine's first one." }),
    isConnected: t.boolean({ description: 'True connects it.' }),
    resetMacAddress: t.boolean({ description: 'True gives it a new MAC address.' }),
  }),
})

export const NicNetworkInput = builder.inputType('ZertoNicNetworkInput', {
  description: 'What becomes of a network card on recovery. What is left out stays as the site has it.',
  fields: (t) => ({
    networkId: t.string({ description: "Another network than the VPG's." }),
    replaceMacAddress: t.boolean({ description: 'True gives it a new MAC address.' }),
    dnsSuffix: t.string({ description: 'DNS suffix of the guest.' }),
    replaceIpConfiguration: t.boolean({ description: 'True sets the address below; false leaves the guest alone.' }),
    ipConfig: t.field({ type: IpConfigInput, description: 'The address.' }),
    vcd: t.field({ type: VcdNicInput, description: 'Where it is recovered to Cloud Director.' }),
  }),
})

export const NicInput = builder.inputType('ZertoNicInput', {
  description: 'A network card of a machine.',
  fields: (t) => ({
    nicId: t.string({ required: true, description: 'e.g. "Network adapter 1".' }),
    failover: t.field({ type: NicNetworkInput, description: 'After a failover or move.' }),
    test: t.field({ type: NicNetworkInput, description: 'In a test failover.' }),
  }),
})

export const PreseedInput = builder.inputType('ZertoPreseedInput', {
  description: 'A disk at the recovery site from which the first copy begins.',
  fields: (t) => ({
    datastoreId: t.string({ required: true, description: 'Datastore that holds the disk.' }),
    path: t.string({ required: true, description: 'Where in the datastore.' }),
  }),
})

export const RawDeviceInput = builder.inputType('ZertoRawDeviceInput', {
  description: 'A raw device as the recovery volume.',
  fields: (t) => ({
    deviceId: t.string({ required: true, description: "The device's identifier at the vendor." }),
    isPhysical: t.boolean({ description: 'True maps it physically. Left out: false.' }),
  }),
})

export const VolumeInput = builder.inputType('ZertoVolumeInput', {
  description: 'A volume of a machine. What is left out stays as the site has it.',
  fields: (t) => ({
    volumeId: t.string({ required: true, description: 'e.g. "scsi:0:0".' }),
    datastoreId: t.string({ description: "Another datastore than the machine's." }),
    datastoreClusterId: t.string({ description: 'A datastore cluster instead.' }),
    isThin: t.boolean({ description: 'True makes the recovery volume thin.' }),
    vcdIsThin: t.boolean({ description: 'True makes it thin in Cloud Director.' }),
    preseed: t.field({ type: PreseedInput, description: 'A disk to begin from.' }),
    rawDevice: t.field({ type: RawDeviceInput, description: 'A raw device in place of a virtual disk.' }),
    isSwap: t.boolean({ description: 'True for a volume that holds swap, which is copied once. From 7.5 on.' }),
    syncSettings: t.string({ description: 'How it is kept in step, e.g. "ContinuousSync". From 7.5 on.' }),
  }),
})

export const GroupVm = builder.inputType('ZertoGroupVmInput', {
  description: 'A machine of a VPG. What is left out is as the VPG says.',
  fields: (t) => ({
    vmId: t.string({ required: true, description: "The machine's identifier at the vendor, `<vCenter>.vm-38`." }),
    bootGroup: t.string({
      description: 'Name of one of the boot groups of a new VPG. Left out: the default one, which starts first.',
    }),
    recoveryHostId: t.string({ description: "Another host than the VPG's." }),
    recoveryHostClusterId: t.string({ description: 'A cluster, instead of a host.' }),
    recoveryDatastoreId: t.string({ description: "Another datastore than the VPG's." }),
    recoveryDatastoreClusterId: t.string({ description: 'A datastore cluster, instead of a datastore.' }),
    recoveryFolderId: t.string({ description: "Another folder than the VPG's." }),
    resourcePoolId: t.string({ description: "Another resource pool than the VPG's." }),
    storagePolicyId: t.string({ description: 'Storage policy, where it is recovered to Cloud Director.' }),
    journal: t.field({ type: JournalInput, description: "Another journal than the VPG's." }),
    scratch: t.field({ type: JournalInput, description: "Another scratch journal than the VPG's. From 7.5 on." }),
    volumes: t.field({ type: [VolumeInput], description: 'Volumes that are not to be as the site would make them.' }),
    nics: t.field({ type: [NicInput], description: 'Network cards that are not to be as the site would make them.' }),
  }),
})
