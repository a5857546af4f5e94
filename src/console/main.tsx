import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ConsoleApp } from './app/console-app.tsx'
import { loadConsoleConfig } from './app/console-config.ts'
import { Session } from './app/session.ts'
import { startTheme } from './app/theme.ts'
import './ui/tokens.css'
import './ui/base.css'

const start = async (place: HTMLElement): Promise<void> => {
  startTheme()
  try {
    const session = new Session(await loadConsoleConfig())
    createRoot(place).render(
      <StrictMode>
        <ConsoleApp session={session} />
      </StrictMode>,
    )
  } catch (error) {
    place.textContent = `The console cannot start: ${error instanceof Error ? error.message : String(error)}`
  }
}

const place = document.getElementById('app')
if (place !== null) void start(place)
