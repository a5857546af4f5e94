const version = /^v\d{1,2}$/

/**
 * The path of a request without what stands for one thing: `/v1/groups/4711?x=1` is `/v1/groups/{id}`.
 *
 * @param words What a vendor's interface calls its parts. Whatever is not among them, and no version, becomes `{id}`, so that
 * neither ids nor names get through.
 */
export const toEndpoint = (path: string, words: ReadonlySet<string>): string => {
  const [bare = ''] = path.split('?', 1)
  return bare
    .split('/')
    .map((part) => (part === '' || words.has(part) || version.test(part) ? part : '{id}'))
    .join('/')
}
