import type { ListName } from '../domain/list-read.ts'

/**
 * For the `extensions` of a field whose value is a function of its parent, its arguments, these lists and the caller's grants,
 * although it reads the context. An answer with such fields only may be given again for as long as the lists are the same. A
 * field that does not read the context need not say it.
 */
export const lastingWith = (...lists: readonly ListName[]) => ({ lasting: lists })

/** For a field that changes by itself, although it does not read the context. */
export const notLasting = { lasting: false } as const

/**
 * For the `extensions` of a type whose values, and all that they hold, are never changed in place: another state is another object.
 * What was written of one is given again for as long as the object is the same. Only for what comes out of lists of sites.
 */
export const unchanging = { unchanging: true } as const
