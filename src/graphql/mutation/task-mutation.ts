import type { InputRef } from '@pothos/core'
import type { OperationResult } from '../../operations/operation.ts'
import { builder } from '../builder.ts'
import type { GatewayContext } from '../context.ts'
import { TaskResultUnion, toTaskResult } from '../task/task-result.ts'

// The target and what runs on it are read freshly, the call is prepared, and it is sent.
const callsOfMutation = 4

/** One mutation that starts vendor work: an input, the operation of the same name, and the one union as its answer. */
export const taskMutation = <G>(
  name: string,
  options: {
    readonly description: string
    readonly input: InputRef<G>
    readonly run: (given: G, context: GatewayContext) => Promise<OperationResult>
  },
): void => {
  const { description, input, run } = options
  builder.mutationField(name, (t) =>
    t.field({
      type: TaskResultUnion,
      extensions: { vendorCalls: callsOfMutation },
      description,
      args: { input: t.arg({ type: input, required: true, description: 'What to do, and the key it is done under.' }) },
      resolve: async (_root, args: object, context) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Pothos cannot tell that a generic input is G
        const given = (args as { readonly input: G }).input
        return toTaskResult(await run(given, context))
      },
    }),
  )
}
