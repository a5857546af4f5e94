import { builder } from '../builder.ts'
import { VendorEnum } from '../vendor-enum.ts'
import { SiteRef } from './site-type.ts'

builder.queryField('sites', (t) =>
  t.field({
    type: [SiteRef],
    description: 'Every site that is configured, in that order, and behind them the peers that are not.',
    args: { vendor: t.arg({ type: VendorEnum, required: false, description: 'Only of this product.' }) },
    resolve: async (_root, { vendor }, { inventory }) => {
      const sites = await inventory.listSites()
      return sites.filter((site) => vendor === null || vendor === undefined || site.vendor === vendor)
    },
  }),
)
