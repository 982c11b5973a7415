import type * as z from 'zod'
import type { TaskFamily } from '../item/family.ts'
import type { Locale } from '../item/item.ts'
import type { CompiledHtml } from '../item/markup/compiled-html.ts'
import type { Random } from '../kernel/random.ts'
import type { Explanations } from './explain.ts'
import type { Entries, TaskField } from './present.ts'
import type { SlotDefinition, SlotValues } from './slots.ts'
import type { TaskGrade, TaskInstance } from './task.ts'

/** What every kind's body holds. */
export interface FamilyBody {
  readonly slots: readonly SlotDefinition[]
}

/** The shapes that the parts of a task of one kind have. */
export interface KindShapes {
  /** What authors declared, beside the wordings. */
  readonly body: FamilyBody
  /** What a candidate sees beside brief, rules and fields. */
  readonly materials: object
  readonly key: unknown
}

/** What a generator draws by. */
export interface FamilyDraw<Body> {
  readonly family: TaskFamily<Body>
  readonly locale: Locale
  readonly slots: SlotValues
  /**
   * A source of draws of its own for each purpose, so that a draw more for one thing moves nothing else. What is right must
   * not be asked before what is shown was drawn.
   */
  readonly stream: (purpose: string) => Random
}

/** What a generator made. */
export interface Drawn<Of extends KindShapes> {
  readonly materials: Of['materials']
  readonly fields: readonly TaskField[]
  readonly key: Of['key']
  /** Sentences that take the place of a rule that is a slot alone: `- {{書式の規則}}`. */
  readonly rules?: Readonly<Record<string, readonly CompiledHtml[]>>
  /** Values that only the generator knows, for the slots of brief and rules. */
  readonly slots?: Readonly<Record<string, string>>
}

/** A published grader is never edited: another judgement is another number. It is pure, and takes at most 100 ms. */
export type Grader<Key> = (key: Key, fields: readonly TaskField[], entries: Entries) => TaskGrade

/** All that is particular to one kind of task, apart from how it is written and how its page looks. Everything here is pure. */
export interface TaskKindDefinition<Of extends KindShapes> {
  /** Varieties that an exam may ask for. */
  readonly forms?: readonly string[]
  /** What a handed-in bank may hold as the body of a family. */
  bodySchema(): z.ZodType
  /** What `materials` are in the public contract. */
  materialsSchema(): z.ZodType
  /** The number of the generator, raised whenever a seed gives another instance. */
  readonly generator: number
  generate(draw: FamilyDraw<Of['body']>): Drawn<Of>
  /** By number. New instances take the highest one. */
  readonly graders: Readonly<Record<number, Grader<Of['key']>>>
  /** What is right at every checkpoint, for practice alone: it tells the key. */
  explain(key: Of['key'], fields: readonly TaskField[], entries: Entries): Explanations
  /** What losses without a field of their own are about, in their order; those at the end may be about nothing. */
  damaged?(key: Of['key'], fields: readonly TaskField[], entries: Entries): readonly string[]
}

/** A simulated candidate, who knows the instance and its key. */
export interface Bot<Key = unknown> {
  /** Its name in the texts and in what the gates print. */
  readonly name: string
  readonly play: (instance: TaskInstance<Key>, random: Random) => Entries
  /** What its score must be over all seeds; absent where it is only reported. */
  readonly mean?: { readonly least?: number; readonly most?: number }
  readonly each?: { readonly least?: number; readonly most?: number }
}

/** A family that asks for more than fits: an author's fault, which is found before the family is published. */
export class CannotDraw extends Error {}
