import { Notice } from '../ui/notice.tsx'
import type { Refusal } from './answer-words.ts'

/** Why it was not done, and what to do now. */
export const RefusalView = ({ refusal }: { readonly refusal: Refusal }) => (
  <Notice status="critical" title={refusal.title}>
    <p>{refusal.message}</p>
    {refusal.facts.length > 0 && (
      <ul className="actions-facts">
        {refusal.facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    )}
    <p>
      <strong>{refusal.advice}</strong>
    </p>
  </Notice>
)
