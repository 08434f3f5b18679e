import { Emitter } from './emitter';
import type { Model } from './model';
import { serializedOf } from './wid';

export interface CollectionOptions<M extends Model, A extends unknown[]> {
  readonly modelClass: new (...args: A) => M;
  /** How `find` gets what is not here; without it `find` rejects for unknown ids. */
  readonly load?: (id: string) => Promise<M>;
}

/** Models by id, in the order in which they were put in; tells everything that its models tell. */
export class Collection<M extends Model, A extends unknown[] = [attributes: object]> extends Emitter {
  readonly modelClass: new (
    ...args: A
  ) => M;
  readonly #load: ((id: string) => Promise<M>) | undefined;
  #byId = new Map<string, M>();
  #ordered: M[] = [];

  constructor(options: CollectionOptions<M, A>) {
    super();
    this.modelClass = options.modelClass;
    this.#load = options.load;
  }

  get length(): number {
    return this.#ordered.length;
  }

  get _models(): readonly M[] {
    return this.#ordered;
  }

  get(id: unknown): M | undefined {
    const key = serializedOf(id) ?? (typeof id === 'number' ? String(id) : undefined);
    return key === undefined ? undefined : this.#byId.get(key);
  }

  async find(id: unknown): Promise<M> {
    const known = this.get(id);
    if (known !== undefined) return known;
    const key = serializedOf(id);
    if (key === undefined || this.#load === undefined) throw new Error(`not found: ${String(key)}`);
    return this.#load(key);
  }

  /** Adds what is not here yet; `atStart` keeps the given order and puts it before everything else. */
  add(models: M | readonly M[], options: { readonly atStart?: boolean; readonly silent?: boolean } = {}): readonly M[] {
    const list = (Array.isArray(models) ? models : [models]) as readonly M[];
    const fresh: M[] = [];
    for (const model of list) {
      const key = keyOf(model);
      if (this.#byId.has(key)) continue;
      this.#byId.set(key, model);
      fresh.push(model);
    }
    if (options.atStart === true) this.#ordered.unshift(...fresh);
    else this.#ordered.push(...fresh);
    for (const model of fresh) {
      model.joined(this);
      if (options.silent !== true) this.trigger('add', model, this);
    }
    return fresh;
  }

  remove(models: M | readonly M[]): void {
    const list = (Array.isArray(models) ? models : [models]) as readonly M[];
    for (const model of list) {
      if (!this.#byId.delete(keyOf(model))) continue;
      this.#ordered = this.#ordered.filter((other) => other !== model);
      this.trigger('remove', model, this);
      model.left(this);
    }
  }

  /** Forgets these models without a word. */
  discard(models: readonly M[]): void {
    const gone = new Set(models);
    for (const model of gone) {
      this.#byId.delete(keyOf(model));
      model.left(this);
    }
    this.#ordered = this.#ordered.filter((model) => !gone.has(model));
  }

  /** Forgets everything without a word about the single models. */
  reset(): void {
    for (const model of this.#ordered) model.left(this);
    this.#byId.clear();
    this.#ordered = [];
    this.trigger('reset', this);
  }

  getModelsArray(): M[] {
    return [...this.#ordered];
  }

  filter(test: (model: M) => boolean): M[] {
    return this.#ordered.filter(test);
  }

  map<R>(turn: (model: M) => R): R[] {
    return this.#ordered.map(turn);
  }

  forEach(visit: (model: M) => void): void {
    for (const model of this.getModelsArray()) visit(model);
  }

  last(): M | undefined {
    return this.#ordered.at(-1);
  }

  serialize(): unknown[] {
    return this.#ordered.map((model) => model.serialize());
  }

  toJSON(): unknown {
    return this.serialize();
  }
}

function keyOf(model: Model): string {
  const id = model.get('id');
  return serializedOf(id) ?? String(id);
}
