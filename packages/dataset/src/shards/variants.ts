import { createRandom, shuffle } from '@vgm/base'
import type { Variant } from './encode-task.js'

/** The variants of every file. */
export interface Augmentation {
  readonly transpositions: readonly number[]
  readonly tempoFactors: readonly number[]
}

/** Every file in every variant, in random order; made when they are asked for, as there may be very many. */
export class ShuffledVariants {
  readonly size: number
  private readonly order: Uint32Array

  constructor(
    private readonly files: readonly string[],
    private readonly augmentation: Augmentation,
    seed: number
  ) {
    this.size = files.length * augmentation.transpositions.length * augmentation.tempoFactors.length
    this.order = shuffle(
      Uint32Array.from({ length: this.size }, (_, index) => index),
      createRandom(seed)
    )
  }

  /** The variants of shard `shard` of so many, all of about the same size. */
  *shard(shard: number, shards: number): Generator<Variant, void, undefined> {
    const end = this.firstOf(shard + 1, shards)
    for (let place = this.firstOf(shard, shards); place < end; place++) yield this.variant(this.order[place]!)
  }

  /** The place of the first variant of a shard. */
  firstOf(shard: number, shards: number): number {
    return Math.floor((shard * this.size) / shards)
  }

  private variant(number: number): Variant {
    const { transpositions, tempoFactors } = this.augmentation
    const perFile = transpositions.length * tempoFactors.length
    const within = number % perFile
    return {
      file: this.files[Math.floor(number / perFile)]!,
      semitones: transpositions[Math.floor(within / tempoFactors.length)]!,
      tempoFactor: tempoFactors[within % tempoFactors.length]!
    }
  }
}
