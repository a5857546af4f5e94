/** Networks of recovered machines in the public schema: what is given with a recovery, and what is stored. */
import { builder } from '../../graphql/builder.ts'
import type {
  VcdaNetwork,
  VcdaNetworkMapping,
  VcdaNetworks,
  VcdaNetworkSettings,
  VcdaNic,
  VcdaVmNetworks,
} from './vcda-specifics-mapping.ts'

const IpAllocationMode = builder.enumType('VcdaIpAllocationMode', {
  description: 'How a network adapter gets its address.',
  values: {
    NONE: { description: 'It gets none.' },
    DHCP: { description: 'From a DHCP server.' },
    POOL: { description: 'From the static pool of its network.' },
    MANUAL: { description: 'The address that is given with it.' },
  },
})

const NetworkInput = builder.inputType('VcdaNetworkInput', {
  description: 'A network of an organisation virtual data centre.',
  fields: (t) => ({
    id: t.string({ required: true, description: 'Its identifier in Cloud Director.' }),
    name: t.string({ required: true, description: 'Its name.' }),
  }),
})

const NetworkMappingInput = builder.inputType('VcdaNetworkMappingInput', {
  description: 'Which network at the destination takes the place of one at the source.',
  fields: (t) => ({
    sourceNetworkName: t.string({ required: true, description: 'Name of the network at the source.' }),
    sourceNetwork: t.field({ type: NetworkInput, description: 'The network of the virtual data centre behind it.' }),
    destinationNetwork: t.field({
      type: NetworkInput,
      required: true,
      description: 'The network that is connected instead.',
    }),
  }),
})

const NicInput = builder.inputType('VcdaNicInput', {
  description: 'A network adapter of the recovered machine.',
  fields: (t) => ({
    index: t.int({ required: true, description: 'Number of the adapter, from 0.' }),
    isConnected: t.boolean({ description: 'Whether it is connected; true where it is left out.' }),
    resetMacAddress: t.boolean({ description: 'Whether it gets a new MAC address; false where it is left out.' }),
    networkName: t.string({ description: 'Name of the network it is connected to.' }),
    ipAllocationMode: t.field({ type: IpAllocationMode, description: 'How it gets its address.' }),
    ipAddress: t.string({ description: 'Its address, with MANUAL.' }),
    externalIpAddress: t.string({ description: 'The address under which it is seen from outside.' }),
    macAddress: t.string({ description: 'Its MAC address.' }),
    networkAdapterType: t.string({ description: 'Kind of the adapter, in the words of Cloud Director, e.g. VMXNET3.' }),
  }),
})

const VmNetworksInput = builder.inputType('VcdaVmNetworksInput', {
  description: 'Network adapters of one recovered machine.',
  fields: (t) => ({
    vmId: t.string({ required: true, description: 'Identifier of the machine, as in `vm.vendorId`.' }),
    primaryNicIndex: t.int({ description: 'Number of the primary adapter; 0 where it is left out.' }),
    copySourceNicSettings: t.boolean({
      description: 'Whether the settings of the source are taken; false where it is left out.',
    }),
    computerName: t.string({ description: 'Computer name that the guest gets.' }),
    enableGuestCustomization: t.boolean({
      description: 'Whether the guest is customised at its first start; false where it is left out.',
    }),
    nics: t.field({ type: [NicInput], description: 'Its adapters.' }),
  }),
})

/** Networks of recovered machines. */
export const NetworksInput = builder.inputType('VcdaNetworksInput', {
  description: 'Networks of the recovered machines. Left out, the settings stored with the replication are taken.',
  fields: (t) => ({
    copySourceNetworks: t.boolean({
      description: 'Whether the networks of the source vApp are copied; false where it is left out.',
    }),
    connectAllNics: t.boolean({
      description: 'Whether all adapters are connected to the one bridge network; false where it is left out.',
    }),
    bridgeNetworks: t.field({ type: [NetworkInput], description: 'Networks that are made available in the vApp.' }),
    mappings: t.field({
      type: [NetworkMappingInput],
      description: 'Networks at the destination for those at the source.',
    }),
    vms: t.field({ type: [VmNetworksInput], description: 'Adapters, machine by machine.' }),
  }),
})

/** Networks that are to be stored with a replication or a group. */
export const NetworkSettingsInput = builder.inputType('VcdaNetworkSettingsInput', {
  description: 'Networks that are stored for later recoveries. The half that is left out stays as it is.',
  fields: (t) => ({
    failover: t.field({ type: NetworksInput, description: 'For failover and move.' }),
    testFailover: t.field({ type: NetworksInput, description: 'For test failover.' }),
  }),
})

const Network = builder.objectRef<VcdaNetwork>('VcdaNetwork')
Network.implement({
  description: 'A network of an organisation virtual data centre.',
  fields: (t) => ({
    id: t.exposeString('id', { nullable: true, description: 'Its identifier in Cloud Director.' }),
    name: t.exposeString('name', { nullable: true, description: 'Its name.' }),
  }),
})

const NetworkMapping = builder.objectRef<VcdaNetworkMapping>('VcdaNetworkMapping')
NetworkMapping.implement({
  description: 'Which network at the destination takes the place of one at the source.',
  fields: (t) => ({
    sourceNetworkName: t.exposeString('sourceNetworkName', {
      nullable: true,
      description: 'Name of the network at the source.',
    }),
    sourceNetwork: t.expose('sourceNetwork', {
      type: Network,
      nullable: true,
      description: 'The network of the virtual data centre behind it.',
    }),
    destinationNetwork: t.expose('destinationNetwork', {
      type: Network,
      nullable: true,
      description: 'The network that is connected instead.',
    }),
  }),
})

const Nic = builder.objectRef<VcdaNic>('VcdaNic')
Nic.implement({
  description: 'A network adapter of a recovered machine.',
  fields: (t) => ({
    index: t.exposeInt('index', { nullable: true, description: 'Number of the adapter, from 0.' }),
    isConnected: t.exposeBoolean('isConnected', { nullable: true, description: 'Whether it is connected.' }),
    resetMacAddress: t.exposeBoolean('resetMacAddress', {
      nullable: true,
      description: 'Whether it gets a new MAC address.',
    }),
    networkName: t.exposeString('networkName', {
      nullable: true,
      description: 'Name of the network it is connected to.',
    }),
    ipAllocationMode: t.exposeString('ipAllocationMode', {
      nullable: true,
      description: 'How it gets its address, in the vendor words: NONE, DHCP, POOL, MANUAL.',
    }),
    ipAddress: t.exposeString('ipAddress', { nullable: true, description: 'Its address.' }),
    externalIpAddress: t.exposeString('externalIpAddress', {
      nullable: true,
      description: 'The address under which it is seen from outside.',
    }),
    macAddress: t.exposeString('macAddress', { nullable: true, description: 'Its MAC address.' }),
    networkAdapterType: t.exposeString('networkAdapterType', {
      nullable: true,
      description: 'Kind of the adapter, in the words of Cloud Director.',
    }),
    needsCustomization: t.exposeBoolean('needsCustomization', {
      nullable: true,
      description: 'Whether the guest has to be customised for it.',
    }),
  }),
})

const VmNetworks = builder.objectRef<VcdaVmNetworks>('VcdaVmNetworks')
VmNetworks.implement({
  description: 'Network adapters of one recovered machine.',
  fields: (t) => ({
    vmId: t.exposeString('vmId', { description: 'Identifier of the machine, as in `vm.vendorId`.' }),
    primaryNicIndex: t.exposeInt('primaryNicIndex', { nullable: true, description: 'Number of the primary adapter.' }),
    copySourceNicSettings: t.exposeBoolean('copySourceNicSettings', {
      nullable: true,
      description: 'Whether the settings of the source are taken.',
    }),
    computerName: t.exposeString('computerName', { nullable: true, description: 'Computer name that the guest gets.' }),
    enableGuestCustomization: t.exposeBoolean('enableGuestCustomization', {
      nullable: true,
      description: 'Whether the guest is customised at its first start.',
    }),
    nics: t.field({ type: [Nic], description: 'Its adapters.', resolve: ({ nics }) => [...nics] }),
  }),
})

const Networks = builder.objectRef<VcdaNetworks>('VcdaNetworks')
Networks.implement({
  description: 'Networks of recovered machines.',
  fields: (t) => ({
    copySourceNetworks: t.exposeBoolean('copySourceNetworks', {
      nullable: true,
      description: 'Whether the networks of the source vApp are copied.',
    }),
    connectAllNics: t.exposeBoolean('connectAllNics', {
      nullable: true,
      description: 'Whether all adapters are connected to the one bridge network.',
    }),
    bridgeNetworks: t.field({
      type: [Network],
      description: 'Networks that are made available in the vApp.',
      resolve: ({ bridgeNetworks }) => [...bridgeNetworks],
    }),
    mappings: t.field({
      type: [NetworkMapping],
      description: 'Networks at the destination for those at the source.',
      resolve: ({ mappings }) => [...mappings],
    }),
    vms: t.field({ type: [VmNetworks], description: 'Adapters, machine by machine.', resolve: ({ vms }) => [...vms] }),
  }),
})

/** Networks that are stored with a replication or a group. */
export const NetworkSettings = builder.objectRef<VcdaNetworkSettings>('VcdaNetworkSettings')
NetworkSettings.implement({
  description: 'Networks that recoveries take where they are told none.',
  fields: (t) => ({
    failover: t.expose('failover', {
      type: Networks,
      nullable: true,
      description: 'For failover and move; null where nothing is stored.',
    }),
    testFailover: t.expose('testFailover', {
      type: Networks,
      nullable: true,
      description: 'For test failover; null where nothing is stored.',
    }),
  }),
})
