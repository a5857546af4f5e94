import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import './tabs.css'

interface TabsProps {
  readonly label: string
  readonly tabs: readonly { readonly id: string; readonly label: string; readonly count?: number }[]
  readonly value: string
  readonly onChange: (id: string) => void
  /** What belongs to `value`. */
  readonly children: ReactNode
}

export const Tabs = ({ label, tabs, value, onChange, children }: TabsProps) => (
  <Base.Root value={value} onValueChange={(next: unknown) => onChange(String(next))}>
    <Base.List className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Base.Tab key={tab.id} value={tab.id} className="tab">
          {tab.label}
          {tab.count !== undefined && <span className="tab-count">{tab.count}</span>}
        </Base.Tab>
      ))}
    </Base.List>
    <Base.Panel value={value} className="tab-panel">
      {children}
    </Base.Panel>
  </Base.Root>
)
