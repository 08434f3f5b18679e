import { Emitter } from './emitter';
import { MsgKey } from './msg-key';
import { serializedOf, Wid } from './wid';

/** Whoever wants to hear what a model tells: the collections that hold it. */
export interface ModelHolder {
  trigger(name: string, ...args: readonly unknown[]): void;
}

/**
 * A model with observable attributes that read and write like plain properties.
 * Attributes live in a private map: an own field would leak into every copy that the library spreads.
 */
export class Model extends Emitter {
  #attributes = new Map<string, unknown>();
  #holders = new Set<ModelHolder>();

  constructor(attributes: object = {}) {
    super();
    for (const [name, value] of Object.entries(attributes)) this.#store(name, value);
  }

  get(name: string): unknown {
    return this.#attributes.get(name);
  }

  /** Sets everything first and tells about it afterwards: `change:<name>` for each, then one `change`. */
  set(change: string | object, value?: unknown): this {
    const patch = typeof change === 'string' ? { [change]: value } : change;
    const changed: [string, unknown, unknown][] = [];
    for (const [name, next] of Object.entries(patch)) {
      const previous = this.#attributes.get(name);
      if (same(previous, next)) continue;
      this.#store(name, next);
      changed.push([name, next, previous]);
    }
    for (const [name, next, previous] of changed) this.trigger(`change:${name}`, this, next, previous);
    if (changed.length > 0) this.trigger('change', this);
    return this;
  }

  /** Sets without a word. */
  fill(patch: object): void {
    for (const [name, value] of Object.entries(patch)) this.#store(name, value);
  }

  override trigger(name: string, ...args: readonly unknown[]): void {
    super.trigger(name, ...args);
    for (const holder of this.#holders) holder.trigger(name, ...args);
  }

  /** A fresh, plain, acyclic copy; callers write into it and delete from it. */
  serialize(): Record<string, unknown> {
    const plain: Record<string, unknown> = {};
    for (const [name, value] of this.#attributes) {
      if (typeof value !== 'function') plain[name] = copy(value);
    }
    return plain;
  }

  toJSON(): unknown {
    return this.serialize();
  }

  unsafe(): this {
    return this;
  }

  joined(holder: ModelHolder): void {
    this.#holders.add(holder);
  }

  left(holder: ModelHolder): void {
    this.#holders.delete(holder);
  }

  #store(name: string, value: unknown): void {
    this.#attributes.set(name, value);
    if (name in this) return;
    // One accessor per attribute name, on the class: `msg.ack` works for whatever a message brings along.
    Object.defineProperty(Object.getPrototypeOf(this) as object, name, {
      configurable: true,
      get(this: Model) {
        return this.get(name);
      },
      set(this: Model, next: unknown) {
        this.set(name, next);
      },
    });
  }
}

function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  const text = serializedOf(one);
  return text !== undefined && text === serializedOf(other);
}

function copy(value: unknown): unknown {
  if (value instanceof Model) return value.serialize();
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null || value instanceof Wid || value instanceof MsgKey) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, copy(entry)]));
}
