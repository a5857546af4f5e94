import { useState } from 'react'
import { useQuery } from '../app/gateway.tsx'
import { PageHeader } from '../app/page-header.tsx'
import { StartSitesDocument } from '../generated/graphql.ts'
import { vendorWords } from '../status.ts'
import { Card } from '../ui/card.tsx'
import { RadioGroup } from '../ui/field.tsx'
import { Empty, Notice, Waiting } from '../ui/notice.tsx'
import { startForms } from '../vendors/start-forms.ts'
import './start.css'

/** Brings machines under protection: first where they run, then what this vendor wants to know. */
export const StartScreen = () => {
  const { data, problem } = useQuery(StartSitesDocument, {})
  const [siteId, setSiteId] = useState('')
  const sites = (data?.sites ?? []).filter(
    ({ isConfigured, capabilities }) => isConfigured && capabilities.includes('START_REPLICATION'),
  )
  const site = sites.find(({ id }) => id === siteId)
  const Form = site === undefined ? null : startForms[site.vendor]
  return (
    <div className="start-screen">
      <PageHeader title="Start replication" />
      {problem !== null && (
        <Notice status="critical" title="The sites did not come">
          <p>{problem}</p>
        </Notice>
      )}
      {data === null && problem === null && <Waiting what="Asking for the sites…" />}
      {data !== null && sites.length === 0 && <Empty title="No site can start a replication" />}
      {sites.length > 0 && (
        <Card title="Where it runs">
          <RadioGroup
            legend="Site"
            value={siteId}
            onChange={setSiteId}
            options={sites.map(({ id, name, vendor, connection, peers }) => ({
              value: id,
              label: `${name} (${vendorWords(vendor)})`,
              hint:
                connection?.state === 'DOWN'
                  ? 'Does not answer now'
                  : `Replicates to ${peers.map((peer) => peer.name).join(', ') || 'no other site'}`,
            }))}
          />
        </Card>
      )}
      {site !== undefined && Form !== null && <Form key={site.id} site={site} />}
    </div>
  )
}
