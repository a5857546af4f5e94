/** The parts of this vendor's paths that stand for no single thing. For figures: what is missing here counts as `{id}`. */
export const vcdaEndpointWords: ReadonlySet<string> = new Set(
  (
    'sessions extend diagnostics about health sites vc-sites vcenters vms sla-profiles policies license replicators tasks ' +
    'vm-replications vapp-replications failover failover-test migrate pause resume sync reverse stop destination instances ' +
    'settings chown storage-profile network-settings inventory vdcs vapps networks storage-profiles datastores orgs owner ' +
    'traffic recovery-plans steps executions report disk-usage'
  ).split(' '),
)
