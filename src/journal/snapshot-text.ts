import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Compresses a text, in a thread of its own. What is no valid Unicode in it becomes U+FFFD. */
export const packText = (text: string): Promise<Uint8Array> => compress(Buffer.from(text))

/**
 * Reads what {@link packText} wrote, in a thread of its own.
 *
 * @throws Error when it is damaged.
 */
export const unpackText = async (content: Uint8Array): Promise<string> => (await decompress(content)).toString()
