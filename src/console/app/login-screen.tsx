import { useState, type FormEvent } from 'react'
import { Button } from '../ui/button.tsx'
import { Field, TextInput } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import type { Session } from './session.ts'
import './login-screen.css'

const TokenForm = ({ session }: { readonly session: Session }) => {
  const [token, setToken] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (token.trim() !== '') session.signInWith(token)
  }
  return (
    <form onSubmit={submit} className="login-form">
      <Field label="Access token" hint="It stays in this window, and is forgotten when the window is closed.">
        {(control) => (
          <TextInput {...control} type="password" value={token} onChange={(event) => setToken(event.target.value)} />
        )}
      </Field>
      <Button type="submit" variant={session.config.login.kind === 'oidc' ? 'plain' : 'primary'}>
        Sign in with this token
      </Button>
    </form>
  )
}

/** Who wants in has to show a token, or to fetch one from the provider. */
export const LoginScreen = ({ session, message }: { readonly session: Session; readonly message: string | null }) => {
  const { login } = session.config
  return (
    <main className="login">
      <div className="login-card">
        <h1>DR Gateway</h1>
        <p className="muted">Sign in to see and operate what is protected.</p>
        {message !== null && <Notice status="warn" title={message} />}
        {login.kind === 'oidc' && (
          <Button variant="primary" onClick={() => void session.leaveToSignIn()}>
            Sign in with {login.name}
          </Button>
        )}
        {login.kind === 'oidc' ? (
          <details>
            <summary>Use a token instead</summary>
            <TokenForm session={session} />
          </details>
        ) : (
          <TokenForm session={session} />
        )}
      </div>
    </main>
  )
}
