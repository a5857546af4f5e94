import { toViewer, unbounded, type Grant, type Scope, type Viewer } from '../../src/domain/viewer.ts'

/** Scopes that hold everywhere. */
export const everywhere = (scopes: readonly Scope[]): readonly Grant[] => [{ ...unbounded, scopes }]

/** A caller whose scopes hold everywhere, with a token without an end, but for what is told otherwise. */
export const viewerOf = (
  name: string,
  scopes: readonly Scope[],
  more: Partial<Omit<Viewer, 'name' | 'scopes'>> = {},
): Viewer => toViewer({ name, grants: everywhere(scopes), expiresAt: null, isAnonymous: false, ...more })
