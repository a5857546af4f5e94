import type { ActionAvailability } from '../../domain/actions.ts'
import type {
  Observation,
  ProtectedObject,
  RecoveryStatus,
  ReplicationEnd,
  StorageUse,
  SyncProgress,
} from '../../domain/protection.ts'
import type { RpoStatus } from '../../domain/rpo.ts'
import type { ObservationConflict } from '../../inventory/merge-observations.ts'
import { builder } from '../builder.ts'
import { lastingWith } from '../lasting.ts'
import { SiteRef } from '../site/site-type.ts'
import { toPeerSite } from '../site/peer-site.ts'
import {
  ActionEnum,
  CommitPolicyEnum,
  HypervisorKindEnum,
  ObservationRoleEnum,
  RecoveryPhaseEnum,
  RpoVerdictEnum,
  SafetyClassEnum,
} from './protection-enums.ts'

export const ReplicationEndRef = builder.objectRef<ReplicationEnd>('ReplicationEnd')
ReplicationEndRef.implement({
  description: 'One end of a replication. Null members are what the vendor does not tell.',
  fields: (t) => ({
    site: t.field({
      type: SiteRef,
      description: 'The site at this end.',
      extensions: lastingWith(),
      resolve: (end, _args, { loaders }) => loaders.findSite(end.siteId) ?? toPeerSite(end),
    }),
    organization: t.exposeString('organization', { nullable: true, description: 'The tenant that owns it there.' }),
    datacenter: t.exposeString('datacenter', { nullable: true, description: 'Virtual data center.' }),
    vApp: t.exposeString('vApp', { nullable: true, description: 'Name of the vApp that holds the machine.' }),
    hypervisor: t.expose('hypervisor', { type: HypervisorKindEnum, nullable: true, description: 'What runs it.' }),
    datastore: t.exposeString('datastore', { nullable: true, description: 'Name of the datastore.' }),
    storageProfile: t.exposeString('storageProfile', { nullable: true, description: 'Name of the storage profile.' }),
  }),
})

export const RpoStatusRef = builder.objectRef<RpoStatus>('RpoStatus')
RpoStatusRef.implement({
  description:
    'The recovery point objective, and how it is kept. All figures are seconds, as the vendor measured them.',
  fields: (t) => ({
    targetSeconds: t.exposeInt('targetSeconds', { nullable: true, description: 'What was promised.' }),
    actualSeconds: t.exposeInt('actualSeconds', {
      nullable: true,
      description: 'Age of the newest recovery point when it was measured.',
    }),
    violationSeconds: t.exposeInt('violationSeconds', {
      nullable: true,
      description: 'By how much the target is missed; 0 when it is met; null when not measured.',
    }),
    verdict: t.expose('verdict', { type: RpoVerdictEnum, description: 'Whether it is met.' }),
    lastSyncedAt: t.expose('lastSyncedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the newest recovery point was taken; null when there is none or the vendor does not tell.',
    }),
  }),
})

const bytes = { type: 'ByteCount', nullable: true } as const

export const SyncProgressRef = builder.objectRef<SyncProgress>('SyncProgress')
SyncProgressRef.implement({
  description: 'How far a running transfer has come. Null members are what the vendor does not tell.',
  fields: (t) => ({
    percent: t.exposeFloat('percent', { nullable: true, description: '0 to 100.' }),
    bytesTransferred: t.expose('bytesTransferred', { ...bytes, description: 'Sent so far.' }),
    bytesToTransfer: t.expose('bytesToTransfer', {
      ...bytes,
      description: 'All there is to send. May grow while checksums are compared.',
    }),
    checksumComparedBytes: t.expose('checksumComparedBytes', { ...bytes, description: 'Compared so far.' }),
    checksumTotalBytes: t.expose('checksumTotalBytes', { ...bytes, description: 'All there is to compare.' }),
    etaSeconds: t.exposeInt('etaSeconds', { nullable: true, description: 'Seconds until it is done.' }),
  }),
})

export const RecoveryStatusRef = builder.objectRef<RecoveryStatus>('RecoveryStatus')
RecoveryStatusRef.implement({
  description: 'How far a failover, move or test has come.',
  fields: (t) => ({
    phase: t.expose('phase', { type: RecoveryPhaseEnum, description: 'Where it stands.' }),
    isTestRunning: t.exposeBoolean('isTestRunning', {
      description: 'A test failover runs; protection may go on meanwhile.',
    }),
    since: t.expose('since', { type: 'DateTime', nullable: true, description: 'When the phase began, where told.' }),
    commitPolicy: t.expose('commitPolicy', {
      type: CommitPolicyEnum,
      nullable: true,
      description: 'What happens when nobody decides; null when nothing waits or the vendor does not tell.',
    }),
    autoDecisionAt: t.expose('autoDecisionAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the vendor decides by itself; null when it waits for a person or does not tell.',
    }),
  }),
})

export const StorageUseRef = builder.objectRef<StorageUse>('StorageUse')
StorageUseRef.implement({
  description: 'Storage, in bytes. Null members are what the vendor does not tell.',
  fields: (t) => ({
    provisionedBytes: t.expose('provisionedBytes', { ...bytes, description: 'Size of the disks.' }),
    usedBytes: t.expose('usedBytes', { ...bytes, description: 'What is written on them.' }),
    journalUsedBytes: t.expose('journalUsedBytes', {
      ...bytes,
      description: 'What the recovery points take at the destination.',
    }),
  }),
})

export const ActionAvailabilityRef = builder.objectRef<ActionAvailability>('ActionAvailability')
ActionAvailabilityRef.implement({
  description:
    "What may be done now, as data: a button's state and the reason why not. The mutations judge the same way.",
  fields: (t) => ({
    action: t.expose('action', { type: ActionEnum, description: 'The action.' }),
    available: t.exposeBoolean('available', { description: 'May it be taken now?' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why not; null when it may.' }),
    safety: t.expose('safety', { type: SafetyClassEnum, description: 'How much harm a mistaken press does.' }),
  }),
})

export const ObservationRef = builder.objectRef<Observation>('Observation')
ObservationRef.implement({
  description: "One site's look at an object. The time is absolute on purpose: an answer does not age by itself.",
  fields: (t) => ({
    site: t.field({
      type: SiteRef,
      description: 'The configured site that listed it.',
      extensions: lastingWith(),
      resolve: (observation, _args, { loaders }) => loaders.findSite(observation.siteId) ?? toPeerSite(observation),
    }),
    role: t.expose('role', { type: ObservationRoleEnum, description: 'Which end of the object that site is.' }),
    observedAt: t.expose('observedAt', { type: 'DateTime', description: 'When its list was read.' }),
  }),
})

const ObservedValueRef = builder.objectRef<ObservationConflict['values'][number]>('ObservedValue')
ObservedValueRef.implement({
  description: 'What one site says of a field on which the sites do not agree.',
  fields: (t) => ({
    site: t.field({
      type: SiteRef,
      description: 'Who says it.',
      extensions: lastingWith(),
      resolve: ({ siteId }, _args, { loaders }) => loaders.findSite(siteId) ?? toPeerSite({ siteId, siteName: siteId }),
    }),
    value: t.exposeString('value', { description: 'What it says.' }),
  }),
})

export const ObservationConflictRef = builder.objectRef<ObservationConflict>('ObservationConflict')
ObservationConflictRef.implement({
  description: 'A field on which the sites that list an object do not agree. The object shows the freshest value.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'Name of the field.' }),
    values: t.expose('values', {
      type: [ObservedValueRef],
      extensions: { listSize: 2 },
      description: 'What each of them says, freshest first.',
    }),
  }),
})

/** Which of the two kinds an object is: only a group counts its machines. */
export const isGroup = (object: ProtectedObject): boolean => 'vmCount' in object
