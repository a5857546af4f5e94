import { z } from 'zod'
import { documentModes } from './server/stored-documents.ts'

/** The section `documents` of the configuration: which documents are run, and where the stored ones are. */
export const documentsSection = z
  .strictObject({ mode: z.enum(documentModes).prefault('open'), path: z.string().min(1).optional() })
  .refine(({ mode, path }) => mode === 'open' || path !== undefined, {
    path: ['path'],
    message: 'is needed: with this mode nothing but the documents of that file is run',
  })
  .prefault({})

const documentsFile = z.record(z.string().min(1), z.string().min(1)).refine((texts) => Object.keys(texts).length > 0)

/**
 * Reads the file that client-preset of GraphQL Code Generator writes as `persisted-documents.json`: one object, the text of
 * each document by its id. Null where it is anything else, or empty.
 */
export const parseDocumentsFile = (text: string): Readonly<Record<string, string>> | null => {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return null
  }
  return documentsFile.safeParse(given).data ?? null
}
