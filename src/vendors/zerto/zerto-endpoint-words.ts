/** The parts of this vendor's paths that stand for no single thing. For figures: what is missing here counts as `{id}`. */
export const zertoEndpointWords: ReadonlySet<string> = new Set(
  (
    'session add auth realms zerto protocol openid-connect token localsite peersites vpgs vms tasks alerts events ' +
    'checkpoints stats vpgSettings copyVpgSettings commit basic bootgroup journal networks recovery scratch scripting ' +
    'virtualizationsites orgvdcs hosts datastores folders resourcepools reports zorgs vras serviceprofiles license ' +
    'Failover failoverTest failoverTestStop FailoverTestStop failoverCommit FailoverCommit FailoverRollback move moveCommit ' +
    'moveRollback pause resume forcesync CloneStart CloneAbort ReverseProtect reverseprotect tagged dismiss undismiss ' +
    'storagepolicies hostclusters volumes devices repositories publicCloud'
  ).split(' '),
)
