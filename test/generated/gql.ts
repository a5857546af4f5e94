/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "mutation AbortClone($input: TargetInput!) {\n  abortClone(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.AbortCloneDocument,
    "query Alerts($filter: AlertFilter, $first: Int = 50, $after: String) {\n  alerts(filter: $filter, first: $first, after: $after) {\n    totalCount\n    nodes {\n      id\n      vendor\n      level\n      subject\n      code\n      description\n      turnedOnAt\n      isDismissed\n      isDerived\n      site {\n        name\n      }\n      targets {\n        id\n        name\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n      problem {\n        code\n        message\n      }\n    }\n  }\n}": typeof types.AlertsDocument,
    "mutation CommitFailover($input: CommitFailoverInput!) {\n  commitFailover(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.CommitFailoverDocument,
    "mutation CommitMove($input: CommitMoveInput!) {\n  commitMove(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.CommitMoveDocument,
    "mutation CreateCheckpoint($input: CreateCheckpointInput!) {\n  createCheckpoint(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.CreateCheckpointDocument,
    "mutation DismissAlert($input: AlertInput!) {\n  dismissAlert(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.DismissAlertDocument,
    "mutation EndTestFailover($input: EndTestFailoverInput!) {\n  endTestFailover(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.EndTestFailoverDocument,
    "mutation Failover($input: FailoverInput!) {\n  failover(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.FailoverDocument,
    "mutation Move($input: MoveInput!) {\n  move(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.MoveDocument,
    "query Node($id: ID!) {\n  node(id: $id) {\n    __typename\n    id\n    ... on RecoveryTarget {\n      name\n      state\n      health\n    }\n    ... on Site {\n      name\n    }\n    ... on RecoveryPoint {\n      takenAt\n      tag\n    }\n    ... on Task {\n      operation\n      targetName\n      taskState: state\n    }\n  }\n}": typeof types.NodeDocument,
    "query Nodes($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    id\n    ... on ProtectionGroup {\n      name\n      recoveryPoints(first: 5) {\n        totalCount\n        nodes {\n          id\n          takenAt\n          tag\n        }\n        coverage {\n          problem {\n            code\n            message\n          }\n        }\n      }\n    }\n    ... on Replication {\n      name\n      recoveryPoints(first: 5) {\n        nodes {\n          id\n          takenAt\n          transferBytes\n        }\n      }\n    }\n  }\n}": typeof types.NodesDocument,
    "mutation PauseReplication($input: TargetInput!) {\n  pauseReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.PauseReplicationDocument,
    "query ProtectionGroups($filter: ProtectionGroupFilter, $orderBy: ProtectionGroupOrder, $first: Int = 50, $after: String) {\n  protectionGroups(\n    filter: $filter\n    orderBy: $orderBy\n    first: $first\n    after: $after\n  ) {\n    totalCount\n    nodes {\n      id\n      vendor\n      name\n      priority\n      vmCount\n      state\n      health\n      rpo {\n        verdict\n        actualSeconds\n        targetSeconds\n      }\n      recovery {\n        phase\n        isTestRunning\n      }\n      lastTestedAt\n      replications(first: 10) {\n        nodes {\n          id\n          name\n          state\n        }\n      }\n      actions {\n        action\n        available\n        reason\n        safety\n      }\n      observations {\n        site {\n          name\n        }\n        observedAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n      problem {\n        code\n        message\n      }\n    }\n  }\n}": typeof types.ProtectionGroupsDocument,
    "query ProtectionProfiles($siteId: ID!) {\n  protectionProfiles(siteId: $siteId) {\n    vendorId\n    name\n    description\n    rpoSeconds\n    journalHistorySeconds\n    retentionRules {\n      count\n      distanceSeconds\n    }\n    isQuiesced\n    testIntervalSeconds\n  }\n}": typeof types.ProtectionProfilesDocument,
    "query RecoveryReports($filter: RecoveryReportFilter, $first: Int = 50, $after: String) {\n  recoveryReports(filter: $filter, first: $first, after: $after) {\n    totalCount\n    nodes {\n      id\n      vendor\n      kind\n      name\n      group {\n        id\n      }\n      protectedSiteName\n      recoverySiteName\n      startedAt\n      endedAt\n      rtoSeconds\n      recoveredTo\n      wasSuccessful\n      initiatedBy\n      notes\n      vmNames\n      steps {\n        description\n        result\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n    }\n  }\n}": typeof types.RecoveryReportsDocument,
    "query Replications($filter: ReplicationFilter, $orderBy: ReplicationOrder, $first: Int = 50, $after: String) {\n  replications(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n    totalCount\n    nodes {\n      id\n      vendor\n      name\n      state\n      vendorState\n      health\n      purpose\n      source {\n        site {\n          name\n        }\n        organization\n      }\n      destination {\n        site {\n          name\n        }\n        organization\n      }\n      rpo {\n        verdict\n        targetSeconds\n        actualSeconds\n        lastSyncedAt\n      }\n      sync {\n        percent\n      }\n      vm {\n        name\n        computerName\n        cpuCount\n        memoryBytes\n      }\n      group {\n        id\n        name\n      }\n      latestRecoveryPoint {\n        takenAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n      observedAt\n      problem {\n        code\n        message\n      }\n    }\n  }\n}": typeof types.ReplicationsDocument,
    "mutation ResumeReplication($input: TargetInput!) {\n  resumeReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.ResumeReplicationDocument,
    "mutation ReverseReplication($input: TargetInput!) {\n  reverseReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.ReverseReplicationDocument,
    "mutation RollbackFailover($input: TargetInput!) {\n  rollbackFailover(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.RollbackFailoverDocument,
    "mutation RollbackMove($input: TargetInput!) {\n  rollbackMove(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.RollbackMoveDocument,
    "query SiteCondition($id: ID!) {\n  node(id: $id) {\n    ... on Site {\n      name\n      license {\n        type\n        isLicensed\n        expiresAt\n        maxVms\n        usedVms\n      }\n      appliances {\n        name\n        hostName\n        status\n        version\n        ipAddress\n      }\n      health {\n        part\n        isHealthy\n        message\n      }\n    }\n  }\n}": typeof types.SiteConditionDocument,
    "query SiteResources($siteId: ID!, $kind: ResourceKind!, $atSiteId: ID, $parentVendorId: String, $text: String, $first: Int = 50, $after: String) {\n  siteResources(\n    siteId: $siteId\n    kind: $kind\n    atSiteId: $atSiteId\n    parentVendorId: $parentVendorId\n    text: $text\n    first: $first\n    after: $after\n  ) {\n    totalCount\n    nodes {\n      kind\n      vendorId\n      name\n      parentVendorId\n      organization\n      capacityBytes\n      freeBytes\n      status\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      problem {\n        code\n        message\n      }\n    }\n  }\n}": typeof types.SiteResourcesDocument,
    "query Sites {\n  sites {\n    id\n    name\n    vendor\n    isConfigured\n    productVersion\n    capabilities\n    connection {\n      url\n      state\n      breaker\n      lastSuccessAt\n      clockSkewMs\n      lastProblem {\n        code\n        message\n      }\n    }\n    peers {\n      name\n    }\n  }\n}": typeof types.SitesDocument,
    "mutation StartClone($input: StartCloneInput!) {\n  startClone(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.StartCloneDocument,
    "mutation StartReplication($input: StartReplicationInput!) {\n  startReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.StartReplicationDocument,
    "mutation StopReplication($input: StopReplicationInput!) {\n  stopReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.StopReplicationDocument,
    "mutation SyncReplication($input: TargetInput!) {\n  syncReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.SyncReplicationDocument,
    "query TargetPast($id: ID!, $from: DateTime, $to: DateTime) {\n  node(id: $id) {\n    ... on ProtectionGroup {\n      name\n      alerts {\n        level\n        description\n      }\n      history(first: 20, from: $from, to: $to) {\n        nodes {\n          at\n          vendorOperation\n          description\n          user\n          wasSuccessful\n        }\n        coverage {\n          problem {\n            code\n            message\n          }\n        }\n      }\n    }\n    ... on Replication {\n      name\n      alerts {\n        level\n        description\n      }\n      history(first: 20, from: $from, to: $to) {\n        nodes {\n          at\n          vendorOperation\n          description\n          user\n          wasSuccessful\n        }\n        coverage {\n          problem {\n            code\n            message\n          }\n        }\n      }\n      usage(metric: TRAFFIC, from: $from, to: $to) {\n        at\n        bytes\n      }\n    }\n  }\n}": typeof types.TargetPastDocument,
    "subscription TaskProgress($id: ID!, $after: Cursor) {\n  taskProgress(id: $id, after: $after) {\n    cursor\n    kind\n    at\n    missedEvents\n    task {\n      ...TaskSummary\n    }\n  }\n}": typeof types.TaskProgressDocument,
    "fragment TaskOutcome on TaskResult {\n  __typename\n  ... on TaskStarted {\n    replayed\n    task {\n      ...TaskSummary\n    }\n  }\n  ... on Problem {\n    code\n    message\n  }\n  ... on InvalidInput {\n    fields {\n      path\n      message\n    }\n  }\n  ... on InvalidState {\n    state\n    availableActions\n  }\n  ... on VendorProblem {\n    siteName\n    vendorCode\n    vendorMessage\n    retryAfterSeconds\n  }\n}": typeof types.TaskOutcomeFragmentDoc,
    "fragment TaskSummary on Task {\n  id\n  vendor\n  operation\n  state\n  stage\n  progressPercent\n  targetName\n  startedAt\n  updatedAt\n  endedAt\n  problem {\n    code\n    message\n  }\n}": typeof types.TaskSummaryFragmentDoc,
    "query Tasks($filter: TaskFilter, $first: Int = 20, $after: String) {\n  tasks(filter: $filter, first: $first, after: $after) {\n    totalCount\n    nodes {\n      ...TaskSummary\n      request {\n        requestedBy\n        requestedAt\n        reason\n        sent {\n          method\n          path\n          body\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n    }\n  }\n}": typeof types.TasksDocument,
    "mutation TestFailover($input: TestFailoverInput!) {\n  testFailover(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.TestFailoverDocument,
    "mutation UndismissAlert($input: AlertInput!) {\n  undismissAlert(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.UndismissAlertDocument,
    "query UnprotectedVms($siteId: ID!, $first: Int = 50, $after: String) {\n  unprotectedVms(siteId: $siteId, first: $first, after: $after) {\n    totalCount\n    nodes {\n      vendorId\n      name\n      parentVendorId\n      organization\n    }\n    coverage {\n      problem {\n        code\n        message\n      }\n    }\n  }\n}": typeof types.UnprotectedVmsDocument,
    "mutation UpdateReplication($input: UpdateReplicationInput!) {\n  updateReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": typeof types.UpdateReplicationDocument,
};
const documents: Documents = {
    "mutation AbortClone($input: TargetInput!) {\n  abortClone(input: $input) {\n    ...TaskOutcome\n  }\n}": types.AbortCloneDocument,
    "query Alerts($filter: AlertFilter, $first: Int = 50, $after: String) {\n  alerts(filter: $filter, first: $first, after: $after) {\n    totalCount\n    nodes {\n      id\n      vendor\n      level\n      subject\n      code\n      description\n      turnedOnAt\n      isDismissed\n      isDerived\n      site {\n        name\n      }\n      targets {\n        id\n        name\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n      problem {\n        code\n        message\n      }\n    }\n  }\n}": types.AlertsDocument,
    "mutation CommitFailover($input: CommitFailoverInput!) {\n  commitFailover(input: $input) {\n    ...TaskOutcome\n  }\n}": types.CommitFailoverDocument,
    "mutation CommitMove($input: CommitMoveInput!) {\n  commitMove(input: $input) {\n    ...TaskOutcome\n  }\n}": types.CommitMoveDocument,
    "mutation CreateCheckpoint($input: CreateCheckpointInput!) {\n  createCheckpoint(input: $input) {\n    ...TaskOutcome\n  }\n}": types.CreateCheckpointDocument,
    "mutation DismissAlert($input: AlertInput!) {\n  dismissAlert(input: $input) {\n    ...TaskOutcome\n  }\n}": types.DismissAlertDocument,
    "mutation EndTestFailover($input: EndTestFailoverInput!) {\n  endTestFailover(input: $input) {\n    ...TaskOutcome\n  }\n}": types.EndTestFailoverDocument,
    "mutation Failover($input: FailoverInput!) {\n  failover(input: $input) {\n    ...TaskOutcome\n  }\n}": types.FailoverDocument,
    "mutation Move($input: MoveInput!) {\n  move(input: $input) {\n    ...TaskOutcome\n  }\n}": types.MoveDocument,
    "query Node($id: ID!) {\n  node(id: $id) {\n    __typename\n    id\n    ... on RecoveryTarget {\n      name\n      state\n      health\n    }\n    ... on Site {\n      name\n    }\n    ... on RecoveryPoint {\n      takenAt\n      tag\n    }\n    ... on Task {\n      operation\n      targetName\n      taskState: state\n    }\n  }\n}": types.NodeDocument,
    "query Nodes($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    id\n    ... on ProtectionGroup {\n      name\n      recoveryPoints(first: 5) {\n        totalCount\n        nodes {\n          id\n          takenAt\n          tag\n        }\n        coverage {\n          problem {\n            code\n            message\n          }\n        }\n      }\n    }\n    ... on Replication {\n      name\n      recoveryPoints(first: 5) {\n        nodes {\n          id\n          takenAt\n          transferBytes\n        }\n      }\n    }\n  }\n}": types.NodesDocument,
    "mutation PauseReplication($input: TargetInput!) {\n  pauseReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": types.PauseReplicationDocument,
    "query ProtectionGroups($filter: ProtectionGroupFilter, $orderBy: ProtectionGroupOrder, $first: Int = 50, $after: String) {\n  protectionGroups(\n    filter: $filter\n    orderBy: $orderBy\n    first: $first\n    after: $after\n  ) {\n    totalCount\n    nodes {\n      id\n      vendor\n      name\n      priority\n      vmCount\n      state\n      health\n      rpo {\n        verdict\n        actualSeconds\n        targetSeconds\n      }\n      recovery {\n        phase\n        isTestRunning\n      }\n      lastTestedAt\n      replications(first: 10) {\n        nodes {\n          id\n          name\n          state\n        }\n      }\n      actions {\n        action\n        available\n        reason\n        safety\n      }\n      observations {\n        site {\n          name\n        }\n        observedAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n      problem {\n        code\n        message\n      }\n    }\n  }\n}": types.ProtectionGroupsDocument,
    "query ProtectionProfiles($siteId: ID!) {\n  protectionProfiles(siteId: $siteId) {\n    vendorId\n    name\n    description\n    rpoSeconds\n    journalHistorySeconds\n    retentionRules {\n      count\n      distanceSeconds\n    }\n    isQuiesced\n    testIntervalSeconds\n  }\n}": types.ProtectionProfilesDocument,
    "query RecoveryReports($filter: RecoveryReportFilter, $first: Int = 50, $after: String) {\n  recoveryReports(filter: $filter, first: $first, after: $after) {\n    totalCount\n    nodes {\n      id\n      vendor\n      kind\n      name\n      group {\n        id\n      }\n      protectedSiteName\n      recoverySiteName\n      startedAt\n      endedAt\n      rtoSeconds\n      recoveredTo\n      wasSuccessful\n      initiatedBy\n      notes\n      vmNames\n      steps {\n        description\n        result\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n    }\n  }\n}": types.RecoveryReportsDocument,
    "query Replications($filter: ReplicationFilter, $orderBy: ReplicationOrder, $first: Int = 50, $after: String) {\n  replications(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n    totalCount\n    nodes {\n      id\n      vendor\n      name\n      state\n      vendorState\n      health\n      purpose\n      source {\n        site {\n          name\n        }\n        organization\n      }\n      destination {\n        site {\n          name\n        }\n        organization\n      }\n      rpo {\n        verdict\n        targetSeconds\n        actualSeconds\n        lastSyncedAt\n      }\n      sync {\n        percent\n      }\n      vm {\n        name\n        computerName\n        cpuCount\n        memoryBytes\n      }\n      group {\n        id\n        name\n      }\n      latestRecoveryPoint {\n        takenAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n      observedAt\n      problem {\n        code\n        message\n      }\n    }\n  }\n}": types.ReplicationsDocument,
    "mutation ResumeReplication($input: TargetInput!) {\n  resumeReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": types.ResumeReplicationDocument,
    "mutation ReverseReplication($input: TargetInput!) {\n  reverseReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": types.ReverseReplicationDocument,
    "mutation RollbackFailover($input: TargetInput!) {\n  rollbackFailover(input: $input) {\n    ...TaskOutcome\n  }\n}": types.RollbackFailoverDocument,
    "mutation RollbackMove($input: TargetInput!) {\n  rollbackMove(input: $input) {\n    ...TaskOutcome\n  }\n}": types.RollbackMoveDocument,
    "query SiteCondition($id: ID!) {\n  node(id: $id) {\n    ... on Site {\n      name\n      license {\n        type\n        isLicensed\n        expiresAt\n        maxVms\n        usedVms\n      }\n      appliances {\n        name\n        hostName\n        status\n        version\n        ipAddress\n      }\n      health {\n        part\n        isHealthy\n        message\n      }\n    }\n  }\n}": types.SiteConditionDocument,
    "query SiteResources($siteId: ID!, $kind: ResourceKind!, $atSiteId: ID, $parentVendorId: String, $text: String, $first: Int = 50, $after: String) {\n  siteResources(\n    siteId: $siteId\n    kind: $kind\n    atSiteId: $atSiteId\n    parentVendorId: $parentVendorId\n    text: $text\n    first: $first\n    after: $after\n  ) {\n    totalCount\n    nodes {\n      kind\n      vendorId\n      name\n      parentVendorId\n      organization\n      capacityBytes\n      freeBytes\n      status\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      problem {\n        code\n        message\n      }\n    }\n  }\n}": types.SiteResourcesDocument,
    "query Sites {\n  sites {\n    id\n    name\n    vendor\n    isConfigured\n    productVersion\n    capabilities\n    connection {\n      url\n      state\n      breaker\n      lastSuccessAt\n      clockSkewMs\n      lastProblem {\n        code\n        message\n      }\n    }\n    peers {\n      name\n    }\n  }\n}": types.SitesDocument,
    "mutation StartClone($input: StartCloneInput!) {\n  startClone(input: $input) {\n    ...TaskOutcome\n  }\n}": types.StartCloneDocument,
    "mutation StartReplication($input: StartReplicationInput!) {\n  startReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": types.StartReplicationDocument,
    "mutation StopReplication($input: StopReplicationInput!) {\n  stopReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": types.StopReplicationDocument,
    "mutation SyncReplication($input: TargetInput!) {\n  syncReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": types.SyncReplicationDocument,
    "query TargetPast($id: ID!, $from: DateTime, $to: DateTime) {\n  node(id: $id) {\n    ... on ProtectionGroup {\n      name\n      alerts {\n        level\n        description\n      }\n      history(first: 20, from: $from, to: $to) {\n        nodes {\n          at\n          vendorOperation\n          description\n          user\n          wasSuccessful\n        }\n        coverage {\n          problem {\n            code\n            message\n          }\n        }\n      }\n    }\n    ... on Replication {\n      name\n      alerts {\n        level\n        description\n      }\n      history(first: 20, from: $from, to: $to) {\n        nodes {\n          at\n          vendorOperation\n          description\n          user\n          wasSuccessful\n        }\n        coverage {\n          problem {\n            code\n            message\n          }\n        }\n      }\n      usage(metric: TRAFFIC, from: $from, to: $to) {\n        at\n        bytes\n      }\n    }\n  }\n}": types.TargetPastDocument,
    "subscription TaskProgress($id: ID!, $after: Cursor) {\n  taskProgress(id: $id, after: $after) {\n    cursor\n    kind\n    at\n    missedEvents\n    task {\n      ...TaskSummary\n    }\n  }\n}": types.TaskProgressDocument,
    "fragment TaskOutcome on TaskResult {\n  __typename\n  ... on TaskStarted {\n    replayed\n    task {\n      ...TaskSummary\n    }\n  }\n  ... on Problem {\n    code\n    message\n  }\n  ... on InvalidInput {\n    fields {\n      path\n      message\n    }\n  }\n  ... on InvalidState {\n    state\n    availableActions\n  }\n  ... on VendorProblem {\n    siteName\n    vendorCode\n    vendorMessage\n    retryAfterSeconds\n  }\n}": types.TaskOutcomeFragmentDoc,
    "fragment TaskSummary on Task {\n  id\n  vendor\n  operation\n  state\n  stage\n  progressPercent\n  targetName\n  startedAt\n  updatedAt\n  endedAt\n  problem {\n    code\n    message\n  }\n}": types.TaskSummaryFragmentDoc,
    "query Tasks($filter: TaskFilter, $first: Int = 20, $after: String) {\n  tasks(filter: $filter, first: $first, after: $after) {\n    totalCount\n    nodes {\n      ...TaskSummary\n      request {\n        requestedBy\n        requestedAt\n        reason\n        sent {\n          method\n          path\n          body\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n    }\n  }\n}": types.TasksDocument,
    "mutation TestFailover($input: TestFailoverInput!) {\n  testFailover(input: $input) {\n    ...TaskOutcome\n  }\n}": types.TestFailoverDocument,
    "mutation UndismissAlert($input: AlertInput!) {\n  undismissAlert(input: $input) {\n    ...TaskOutcome\n  }\n}": types.UndismissAlertDocument,
    "query UnprotectedVms($siteId: ID!, $first: Int = 50, $after: String) {\n  unprotectedVms(siteId: $siteId, first: $first, after: $after) {\n    totalCount\n    nodes {\n      vendorId\n      name\n      parentVendorId\n      organization\n    }\n    coverage {\n      problem {\n        code\n        message\n      }\n    }\n  }\n}": types.UnprotectedVmsDocument,
    "mutation UpdateReplication($input: UpdateReplicationInput!) {\n  updateReplication(input: $input) {\n    ...TaskOutcome\n  }\n}": types.UpdateReplicationDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation AbortClone($input: TargetInput!) {\n  abortClone(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').AbortCloneDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Alerts($filter: AlertFilter, $first: Int = 50, $after: String) {\n  alerts(filter: $filter, first: $first, after: $after) {\n    totalCount\n    nodes {\n      id\n      vendor\n      level\n      subject\n      code\n      description\n      turnedOnAt\n      isDismissed\n      isDerived\n      site {\n        name\n      }\n      targets {\n        id\n        name\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n      problem {\n        code\n        message\n      }\n    }\n  }\n}"): typeof import('./graphql.ts').AlertsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation CommitFailover($input: CommitFailoverInput!) {\n  commitFailover(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').CommitFailoverDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation CommitMove($input: CommitMoveInput!) {\n  commitMove(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').CommitMoveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation CreateCheckpoint($input: CreateCheckpointInput!) {\n  createCheckpoint(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').CreateCheckpointDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation DismissAlert($input: AlertInput!) {\n  dismissAlert(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').DismissAlertDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation EndTestFailover($input: EndTestFailoverInput!) {\n  endTestFailover(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').EndTestFailoverDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation Failover($input: FailoverInput!) {\n  failover(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').FailoverDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation Move($input: MoveInput!) {\n  move(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').MoveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Node($id: ID!) {\n  node(id: $id) {\n    __typename\n    id\n    ... on RecoveryTarget {\n      name\n      state\n      health\n    }\n    ... on Site {\n      name\n    }\n    ... on RecoveryPoint {\n      takenAt\n      tag\n    }\n    ... on Task {\n      operation\n      targetName\n      taskState: state\n    }\n  }\n}"): typeof import('./graphql.ts').NodeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Nodes($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    id\n    ... on ProtectionGroup {\n      name\n      recoveryPoints(first: 5) {\n        totalCount\n        nodes {\n          id\n          takenAt\n          tag\n        }\n        coverage {\n          problem {\n            code\n            message\n          }\n        }\n      }\n    }\n    ... on Replication {\n      name\n      recoveryPoints(first: 5) {\n        nodes {\n          id\n          takenAt\n          transferBytes\n        }\n      }\n    }\n  }\n}"): typeof import('./graphql.ts').NodesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation PauseReplication($input: TargetInput!) {\n  pauseReplication(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').PauseReplicationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProtectionGroups($filter: ProtectionGroupFilter, $orderBy: ProtectionGroupOrder, $first: Int = 50, $after: String) {\n  protectionGroups(\n    filter: $filter\n    orderBy: $orderBy\n    first: $first\n    after: $after\n  ) {\n    totalCount\n    nodes {\n      id\n      vendor\n      name\n      priority\n      vmCount\n      state\n      health\n      rpo {\n        verdict\n        actualSeconds\n        targetSeconds\n      }\n      recovery {\n        phase\n        isTestRunning\n      }\n      lastTestedAt\n      replications(first: 10) {\n        nodes {\n          id\n          name\n          state\n        }\n      }\n      actions {\n        action\n        available\n        reason\n        safety\n      }\n      observations {\n        site {\n          name\n        }\n        observedAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n      problem {\n        code\n        message\n      }\n    }\n  }\n}"): typeof import('./graphql.ts').ProtectionGroupsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProtectionProfiles($siteId: ID!) {\n  protectionProfiles(siteId: $siteId) {\n    vendorId\n    name\n    description\n    rpoSeconds\n    journalHistorySeconds\n    retentionRules {\n      count\n      distanceSeconds\n    }\n    isQuiesced\n    testIntervalSeconds\n  }\n}"): typeof import('./graphql.ts').ProtectionProfilesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RecoveryReports($filter: RecoveryReportFilter, $first: Int = 50, $after: String) {\n  recoveryReports(filter: $filter, first: $first, after: $after) {\n    totalCount\n    nodes {\n      id\n      vendor\n      kind\n      name\n      group {\n        id\n      }\n      protectedSiteName\n      recoverySiteName\n      startedAt\n      endedAt\n      rtoSeconds\n      recoveredTo\n      wasSuccessful\n      initiatedBy\n      notes\n      vmNames\n      steps {\n        description\n        result\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n    }\n  }\n}"): typeof import('./graphql.ts').RecoveryReportsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Replications($filter: ReplicationFilter, $orderBy: ReplicationOrder, $first: Int = 50, $after: String) {\n  replications(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n    totalCount\n    nodes {\n      id\n      vendor\n      name\n      state\n      vendorState\n      health\n      purpose\n      source {\n        site {\n          name\n        }\n        organization\n      }\n      destination {\n        site {\n          name\n        }\n        organization\n      }\n      rpo {\n        verdict\n        targetSeconds\n        actualSeconds\n        lastSyncedAt\n      }\n      sync {\n        percent\n      }\n      vm {\n        name\n        computerName\n        cpuCount\n        memoryBytes\n      }\n      group {\n        id\n        name\n      }\n      latestRecoveryPoint {\n        takenAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n      observedAt\n      problem {\n        code\n        message\n      }\n    }\n  }\n}"): typeof import('./graphql.ts').ReplicationsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ResumeReplication($input: TargetInput!) {\n  resumeReplication(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').ResumeReplicationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ReverseReplication($input: TargetInput!) {\n  reverseReplication(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').ReverseReplicationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RollbackFailover($input: TargetInput!) {\n  rollbackFailover(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').RollbackFailoverDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RollbackMove($input: TargetInput!) {\n  rollbackMove(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').RollbackMoveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query SiteCondition($id: ID!) {\n  node(id: $id) {\n    ... on Site {\n      name\n      license {\n        type\n        isLicensed\n        expiresAt\n        maxVms\n        usedVms\n      }\n      appliances {\n        name\n        hostName\n        status\n        version\n        ipAddress\n      }\n      health {\n        part\n        isHealthy\n        message\n      }\n    }\n  }\n}"): typeof import('./graphql.ts').SiteConditionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query SiteResources($siteId: ID!, $kind: ResourceKind!, $atSiteId: ID, $parentVendorId: String, $text: String, $first: Int = 50, $after: String) {\n  siteResources(\n    siteId: $siteId\n    kind: $kind\n    atSiteId: $atSiteId\n    parentVendorId: $parentVendorId\n    text: $text\n    first: $first\n    after: $after\n  ) {\n    totalCount\n    nodes {\n      kind\n      vendorId\n      name\n      parentVendorId\n      organization\n      capacityBytes\n      freeBytes\n      status\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      problem {\n        code\n        message\n      }\n    }\n  }\n}"): typeof import('./graphql.ts').SiteResourcesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Sites {\n  sites {\n    id\n    name\n    vendor\n    isConfigured\n    productVersion\n    capabilities\n    connection {\n      url\n      state\n      breaker\n      lastSuccessAt\n      clockSkewMs\n      lastProblem {\n        code\n        message\n      }\n    }\n    peers {\n      name\n    }\n  }\n}"): typeof import('./graphql.ts').SitesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation StartClone($input: StartCloneInput!) {\n  startClone(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').StartCloneDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation StartReplication($input: StartReplicationInput!) {\n  startReplication(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').StartReplicationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation StopReplication($input: StopReplicationInput!) {\n  stopReplication(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').StopReplicationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SyncReplication($input: TargetInput!) {\n  syncReplication(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').SyncReplicationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query TargetPast($id: ID!, $from: DateTime, $to: DateTime) {\n  node(id: $id) {\n    ... on ProtectionGroup {\n      name\n      alerts {\n        level\n        description\n      }\n      history(first: 20, from: $from, to: $to) {\n        nodes {\n          at\n          vendorOperation\n          description\n          user\n          wasSuccessful\n        }\n        coverage {\n          problem {\n            code\n            message\n          }\n        }\n      }\n    }\n    ... on Replication {\n      name\n      alerts {\n        level\n        description\n      }\n      history(first: 20, from: $from, to: $to) {\n        nodes {\n          at\n          vendorOperation\n          description\n          user\n          wasSuccessful\n        }\n        coverage {\n          problem {\n            code\n            message\n          }\n        }\n      }\n      usage(metric: TRAFFIC, from: $from, to: $to) {\n        at\n        bytes\n      }\n    }\n  }\n}"): typeof import('./graphql.ts').TargetPastDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription TaskProgress($id: ID!, $after: Cursor) {\n  taskProgress(id: $id, after: $after) {\n    cursor\n    kind\n    at\n    missedEvents\n    task {\n      ...TaskSummary\n    }\n  }\n}"): typeof import('./graphql.ts').TaskProgressDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment TaskOutcome on TaskResult {\n  __typename\n  ... on TaskStarted {\n    replayed\n    task {\n      ...TaskSummary\n    }\n  }\n  ... on Problem {\n    code\n    message\n  }\n  ... on InvalidInput {\n    fields {\n      path\n      message\n    }\n  }\n  ... on InvalidState {\n    state\n    availableActions\n  }\n  ... on VendorProblem {\n    siteName\n    vendorCode\n    vendorMessage\n    retryAfterSeconds\n  }\n}"): typeof import('./graphql.ts').TaskOutcomeFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment TaskSummary on Task {\n  id\n  vendor\n  operation\n  state\n  stage\n  progressPercent\n  targetName\n  startedAt\n  updatedAt\n  endedAt\n  problem {\n    code\n    message\n  }\n}"): typeof import('./graphql.ts').TaskSummaryFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Tasks($filter: TaskFilter, $first: Int = 20, $after: String) {\n  tasks(filter: $filter, first: $first, after: $after) {\n    totalCount\n    nodes {\n      ...TaskSummary\n      request {\n        requestedBy\n        requestedAt\n        reason\n        sent {\n          method\n          path\n          body\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    coverage {\n      siteName\n      completeness\n    }\n  }\n}"): typeof import('./graphql.ts').TasksDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation TestFailover($input: TestFailoverInput!) {\n  testFailover(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').TestFailoverDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation UndismissAlert($input: AlertInput!) {\n  undismissAlert(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').UndismissAlertDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query UnprotectedVms($siteId: ID!, $first: Int = 50, $after: String) {\n  unprotectedVms(siteId: $siteId, first: $first, after: $after) {\n    totalCount\n    nodes {\n      vendorId\n      name\n      parentVendorId\n      organization\n    }\n    coverage {\n      problem {\n        code\n        message\n      }\n    }\n  }\n}"): typeof import('./graphql.ts').UnprotectedVmsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation UpdateReplication($input: UpdateReplicationInput!) {\n  updateReplication(input: $input) {\n    ...TaskOutcome\n  }\n}"): typeof import('./graphql.ts').UpdateReplicationDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
