import type { CodegenConfig } from '@graphql-codegen/cli'

const typeConfig = {
  documentMode: 'string',
  useTypeImports: true,
  enumsAsTypes: true,
  importExtension: '.ts',
  strictScalars: true,
  scalars: { DateTime: 'string', ByteCount: 'number', Cursor: 'string', JSON: 'unknown' },
}

/** Types for documents, from the published contract alone: what any client can do. For the tests, and for the console. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  generates: {
    'test/generated/': {
      preset: 'client',
      documents: 'schema/operations/**/*.graphql',
      presetConfig: { fragmentMasking: false },
      config: typeConfig,
    },
    // `persisted-documents.json` is what a gateway that takes known documents only needs to serve its console.
    'src/console/generated/': {
      preset: 'client',
      documents: ['src/console/**/*.{graphql,ts,tsx}', '!src/console/generated/**'],
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: typeConfig,
    },
  },
}

export default config
