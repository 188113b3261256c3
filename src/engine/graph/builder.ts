import type {
  AttributeValue,
  Dim,
  ElementType,
  GraphModel,
  Initializer,
  InitializerSource,
  Node,
  TensorData,
  Value,
} from './types.ts'

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, AttributeValue>>
  readonly domain?: '' | 'com.microsoft'
  /** Prefix of the output names; the op in lower case when left out. */
  readonly label?: string
}

/** Collects nodes, initializers, inputs and outputs of one ONNX graph; names are unique and deterministic. */
export class GraphBuilder {
  readonly #nodes: Node[] = []
  readonly #initializers: Initializer[] = []
  readonly #inputs: Value[] = []
  readonly #outputs: Value[] = []
  readonly #constants = new Map<string, Value>()
  readonly #names = new Set<string>()
  #counter = 0

  /** Declares a graph input. @throws Error when the name is taken */
  input(name: string, type: ElementType, shape: readonly Dim[]): Value {
    const value = this.#claim(name, type, shape)
    this.#inputs.push(value)
    return value
  }

  /** Adds a named weight, inline or as a range of an external file. @throws Error when the name is taken */
  initializer(name: string, type: ElementType, shape: readonly number[], source: InitializerSource): Value {
    const value = this.#claim(name, type, shape)
    this.#initializers.push({ name, type, shape, source })
    return value
  }

  /** A small constant; equal constants of one shape are shared. */
  constant(type: ElementType, shape: readonly number[], data: TensorData): Value {
    const key = `${type}|${shape.join('x')}|${data.length <= 64 ? data.join() : `#${this.#counter}`}`
    const known = this.#constants.get(key)
    if (known !== undefined) return known
    const value = this.initializer(`const_${this.#counter++}`, type, shape, { kind: 'inline', data })
    this.#constants.set(key, value)
    return value
  }

  scalar(value: number): Value {
    return this.constant('float32', [], Float32Array.of(value))
  }

  int64s(values: readonly number[]): Value {
    return this.constant('int64', [values.length], BigInt64Array.from(values, BigInt))
  }

  /** Adds a node with one output. `null` leaves an optional input out. */
  node(
    op: string,
    inputs: readonly (Value | null)[],
    type: ElementType,
    shape: readonly Dim[],
    options: NodeOptions = {},
  ): Value {
    return this.nodeWithOutputs(op, inputs, [{ type, shape }], options)[0]!
  }

  /** Adds a node with several outputs; a `null` output is left out but keeps its place. */
  nodeWithOutputs(
    op: string,
    inputs: readonly (Value | null)[],
    outputs: readonly ({
      readonly type: ElementType
      readonly shape: readonly Dim[]
      readonly name?: string
    } | null)[],
    { attributes = {}, domain = '', label = op.toLowerCase() }: NodeOptions = {},
  ): Value[] {
    const values = outputs.map((output) =>
      output === null
        ? null
        : this.#claim(output.name ?? `${label}_${this.#counter++}`, output.type, output.shape),
    )
    this.#nodes.push({
      op,
      domain,
      inputs: inputs.map((value) => value?.name ?? ''),
      outputs: values.map((value) => value?.name ?? ''),
      attributes,
    })
    return values.filter((value) => value !== null)
  }

  /**
   * Makes a value a graph output, under a name of its own when given. The producing node writes the output
   * directly, so that the runtime can bind it to a caller's buffer without a copy; a value that is itself a
   * graph input or initializer goes through Identity.
   */
  output(value: Value, name: string = value.name): Value {
    const produced = this.#nodes.some((node) => node.outputs.includes(value.name))
    const taken = this.#outputs.some((output) => output.name === value.name)
    const own = produced && !taken ? value : this.node('Identity', [value], value.type, value.shape)
    return this.#declareOutput(own, name)
  }

  #declareOutput(value: Value, name: string): Value {
    if (name === value.name) {
      this.#outputs.push(value)
      return value
    }
    const renamed = this.#claim(name, value.type, value.shape)
    const swap = (names: readonly string[]): string[] =>
      names.map((other) => (other === value.name ? name : other))
    for (const [index, node] of this.#nodes.entries()) {
      if (node.inputs.includes(value.name) || node.outputs.includes(value.name)) {
        this.#nodes[index] = { ...node, inputs: swap(node.inputs), outputs: swap(node.outputs) }
      }
    }
    // Later nodes that still hold `value` must refer to the new name.
    ;(value as { name: string }).name = name
    this.#outputs.push(renamed)
    return renamed
  }

  build(): GraphModel {
    return {
      nodes: [...this.#nodes],
      initializers: [...this.#initializers],
      inputs: [...this.#inputs],
      outputs: [...this.#outputs],
    }
  }

  #claim(name: string, type: ElementType, shape: readonly Dim[]): Value {
    if (this.#names.has(name)) throw new Error(`the graph already has a value named ${name}`)
    this.#names.add(name)
    return { name, type, shape: [...shape] }
  }
}
