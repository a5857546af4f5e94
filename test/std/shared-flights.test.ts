import { expect, it } from 'vitest'
import { SharedFlights } from '../../src/std/shared-flights.ts'

const never = new AbortController().signal

/** A question whose answer the test gives. */
const createQuestion = () => {
  const asked: { readonly signal: AbortSignal; readonly answer: PromiseWithResolvers<string> }[] = []
  const ask = async (signal: AbortSignal): Promise<string> => {
    signal.throwIfAborted()
    const answer = Promise.withResolvers<string>()
    signal.addEventListener('abort', () => answer.reject(signal.reason))
    asked.push({ signal, answer })
    return answer.promise
  }
  return { asked, ask }
}

it('asks once for all who ask the same meanwhile, and again after the answer', async () => {
  const flights = new SharedFlights<string>()
  const { asked, ask } = createQuestion()
  const answers = [flights.join('a', never, ask), flights.join('a', never, ask), flights.join('b', never, ask)]
  expect(asked).toHaveLength(2)
  asked[0]?.answer.resolve('of a')
  asked[1]?.answer.resolve('of b')
  expect(await Promise.all(answers)).toEqual(['of a', 'of a', 'of b'])
  const later = flights.join('a', never, ask)
  asked[2]?.answer.resolve('newer')
  expect(await later).toBe('newer')
})

it('gives a failure to all who wait, and does not keep it', async () => {
  const flights = new SharedFlights<string>()
  const { asked, ask } = createQuestion()
  const answers = Promise.allSettled([flights.join('a', never, ask), flights.join('a', never, ask)])
  asked[0]?.answer.reject(new Error('no'))
  expect(await answers).toMatchObject([{ reason: { message: 'no' } }, { reason: { message: 'no' } }])
  void flights.join('a', never, ask).catch(() => null)
  expect(asked).toHaveLength(2)
})

it('goes on for the others when one no longer waits, and is given up when none does', async () => {
  const flights = new SharedFlights<string>()
  const { asked, ask } = createQuestion()
  const [first, second] = [new AbortController(), new AbortController()]
  const firstAnswer = flights.join('a', first.signal, ask)
  const secondAnswer = flights.join('a', second.signal, ask)
  first.abort(new Error('gone'))
  await expect(firstAnswer).rejects.toThrow('gone')
  expect(asked[0]?.signal.aborted).toBe(false)
  // Somebody may still come.
  const third = flights.join('a', never, ask)
  second.abort(new Error('gone too'))
  await expect(secondAnswer).rejects.toThrow('gone too')
  expect(asked[0]?.signal.aborted).toBe(false)
  asked[0]?.answer.resolve('whole')
  expect(await third).toBe('whole')

  const alone = new AbortController()
  const answer = flights.join('a', alone.signal, ask)
  alone.abort(new Error('left'))
  expect(asked[1]?.signal.aborted).toBe(true)
  await expect(answer).rejects.toThrow('left')
  void flights.join('a', never, ask)
  expect(asked).toHaveLength(3)
})

it('does not ask for who no longer waits', async () => {
  const { asked, ask } = createQuestion()
  await expect(new SharedFlights<string>().join('a', AbortSignal.abort(new Error('gone')), ask)).rejects.toThrow('gone')
  expect(asked).toEqual([])
})
