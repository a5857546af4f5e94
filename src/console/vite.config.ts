import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv, type Plugin } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))

/** Puts what the console asks beside it, for a gateway that runs stored documents only. */
const storedDocuments: Plugin = {
  name: 'stored-documents',
  generateBundle() {
    const fileName = 'persisted-documents.json'
    this.emitFile({ type: 'asset', fileName, source: readFileSync(new URL(`generated/${fileName}`, import.meta.url)) })
  },
}

/** Leaves out of what was generated what no screen asks, and the spaces of the rest. */
const shortDocuments: Plugin = {
  name: 'short-documents',
  transform(code, id) {
    if (!id.endsWith('/generated/graphql.ts')) return null
    return code.replaceAll(
      /new TypedDocumentString\(`(?<text>[^`]*)`/g,
      (_whole, text: string) => `/* @__PURE__ */ new TypedDocumentString(\`${text.replaceAll(/\s+/g, ' ').trim()}\``,
    )
  },
}

export default defineConfig(({ mode }) => {
  // For work on the console: which gateway the pages of `vite` talk to.
  const { DR_GATEWAY: gateway = 'http://127.0.0.1:4000' } = loadEnv(mode, root, 'DR_')
  return {
    root,
    plugins: [shortDocuments, react(), storedDocuments],
    build: {
      outDir: '../../dist/console',
      emptyOutDir: true,
      target: 'es2023',
      // The gateway's policy lets nothing be inlined as data.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    server: {
      proxy: { '/graphql': { target: gateway, ws: true }, '/console-config.json': gateway, '/reports': gateway },
    },
  }
})
