import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { createZstdCompress, createZstdDecompress, zstdDecompress } from 'node:zlib'

const decompress = promisify(zstdDecompress)

/** Compresses a text, part by part, in a thread of its own. What is no valid Unicode in it becomes U+FFFD. */
export const packText = async (text: string | AsyncIterable<string>): Promise<Uint8Array> => {
  const parts = Readable.from(typeof text === 'string' ? [text] : text)
  const packed = createZstdCompress()
  parts.on('error', (error) => packed.destroy(error))
  return buffer(parts.pipe(packed))
}

/** Reads what {@link packText} wrote, part by part, in a thread of its own. Iterating fails when it is damaged. */
export const unpackParts = (content: Uint8Array): AsyncIterable<string> => {
  const parts = createZstdDecompress()
  parts.end(content)
  return parts.setEncoding('utf8')
}

/**
 * Reads what {@link packText} wrote, in a thread of its own.
 *
 * @throws Error when it is damaged.
 */
export const unpackText = async (content: Uint8Array): Promise<string> => (await decompress(content)).toString()
