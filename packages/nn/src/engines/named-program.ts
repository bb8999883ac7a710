import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@vgm/base'
import type { Engine, Handle, HostArray, Program, TensorSpec, Value } from './types.js'

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>

/** Shapes and types of tensors by name. */
export type Specs = Readonly<Record<string, TensorSpec>>

/** A pure function of named tensors that is to be compiled. */
export interface NamedFunction {
  /** What it takes in every run. */
  readonly inputs: Specs
  /** The names of what it gives. */
  readonly outputs: readonly string[]
  /** What it takes that is the same in every run, with its values. */
  readonly constants?: { readonly specs: Specs; readonly values: Readonly<Record<string, HostArray>> }
  /** See {@link Engine.compile}. */
  readonly key?: string
  /** The function itself; it gets constants and inputs together. */
  readonly compute: (inputs: Tensors) => Tensors
}

/** A {@link NamedFunction} that is ready to run. */
export class NamedProgram {
  constructor(
    readonly program: Program,
    readonly inputs: Specs,
    readonly outputs: readonly string[]
  ) {}

  /**
   * Runs once.
   *
   * @returns New handles, the caller's to dispose.
   * @throws {ShapeError} if an input is missing or does not fit its spec.
   */
  async run(values: Readonly<Record<string, Value>>): Promise<Record<string, Handle>> {
    const ordered = Object.keys(this.inputs).map(name => {
      const value = values[name]
      if (value === undefined) throw new ShapeError(undefined, name, 'a value', 'none')
      return value
    })
    const handles = await this.program.run(ordered)
    return Object.fromEntries(this.outputs.map((name, k) => [name, handles[k]!]))
  }

  /** Frees what the program holds; a second call does nothing. */
  dispose(): void {
    this.program.dispose()
  }
}

/** Compiles a function of named tensors. Only here are names turned into positions. */
export async function compileNamed(
  engine: Engine,
  { inputs, outputs, constants, key, compute }: NamedFunction
): Promise<NamedProgram> {
  const fixed = Object.keys(constants?.specs ?? {})
  const names = [...fixed, ...Object.keys(inputs)]
  const specs = names.map(name => constants?.specs[name] ?? inputs[name]!)
  const run = (...tensors: Tensor[]): Tensor[] => {
    const results = compute(Object.fromEntries(names.map((name, k) => [name, tensors[k]!])))
    return outputs.map(name => results[name]!)
  }
  const program = await engine.compile(run, specs, {
    ...(constants !== undefined && { constants: fixed.map(name => constants.values[name]!) }),
    ...(key !== undefined && { key })
  })
  return new NamedProgram(program, inputs, outputs)
}

/** The entries of a record, each name with a prefix: `wx` as `first.wx`. */
export function prefixed<T>(prefix: string, record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [`${prefix}.${name}`, value]))
}

/** The entries whose names have a prefix, without it. */
export function withPrefix<T>(prefix: string, record: Readonly<Record<string, T>>): Record<string, T> {
  const entries = Object.entries(record).filter(([name]) => name.startsWith(`${prefix}.`))
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length + 1), value]))
}
