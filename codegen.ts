import type { CodegenConfig } from '@graphql-codegen/cli'

/** Types for the documents of schema/operations, from the published contract alone: what any client can do. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'schema/operations/**/*.graphql',
  generates: {
    'test/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        enumsAsTypes: true,
        importExtension: '.ts',
        strictScalars: true,
        scalars: { DateTime: 'string', ByteCount: 'number', Cursor: 'string', JSON: 'unknown' },
      },
    },
  },
}

export default config
