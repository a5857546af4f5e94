import { useEffect, useSyncExternalStore } from 'react'
import { Toaster } from '../ui/toast.tsx'
import { GatewayProvider } from './gateway.tsx'
import { LoginScreen } from './login-screen.tsx'
import { navigate, usePath } from './router.tsx'
import { CurrentScreen } from './screens.tsx'
import { callbackPath, type Session } from './session.ts'
import { Shell } from './shell.tsx'
import { TaskFeedProvider } from './task-feed.tsx'
import { ViewerProvider } from './viewer.tsx'

const ComingBack = ({ session }: { readonly session: Session }) => {
  useEffect(() => {
    void session.comeBack().then((path) => navigate(path, { replace: true }))
  }, [session])
  return <p className="waiting">Signing in …</p>
}

/** Everything, for whoever is signed in. */
export const ConsoleApp = ({ session }: { readonly session: Session }) => {
  const { isSignedIn, message } = useSyncExternalStore(session.subscribe, () => session.state)
  if (usePath() === callbackPath) return <ComingBack session={session} />
  if (!isSignedIn) return <LoginScreen session={session} message={message} />
  return (
    <GatewayProvider session={session}>
      <ViewerProvider>
        <TaskFeedProvider>
          <Shell session={session}>
            <CurrentScreen />
          </Shell>
          <Toaster />
        </TaskFeedProvider>
      </ViewerProvider>
    </GatewayProvider>
  )
}
