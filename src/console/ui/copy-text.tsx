import { useState } from 'react'
import { Button } from './button.tsx'

/** A button that puts a text on the clipboard. Missing where the page may not: it is not served over TLS. */
export const CopyText = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const [isCopied, setIsCopied] = useState(false)
  if (!window.isSecureContext) return null
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setIsCopied(true)
  }
  return (
    <Button
      variant="quiet"
      size="small"
      icon={isCopied ? 'check' : 'copy'}
      aria-label={isCopied ? `${label}: copied` : label}
      onClick={() => void copy()}
    />
  )
}
