import { digitsOf } from './ids';
import { Refusal } from './refusal';

/** Reads the fields of a control call's body; what does not fit is refused with a sentence that names the field. */
export class Body {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(value: unknown, known: readonly string[]) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Refusal(400, 'The body has to be a JSON object');
    }
    const unknown = Object.keys(value).find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw new Refusal(400, `There is no field "${unknown}" here; known are: ${known.join(', ') || 'none'}`);
    }
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  /** As it came, for fields that are read elsewhere. */
  value(name: string): unknown {
    return this.#fields[name];
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined;
  }

  text(name: string): string {
    return this.optionalText(name) ?? refuse(name, 'is missing');
  }

  optionalText(name: string): string | undefined {
    const value = this.#fields[name];
    if (value === undefined) return undefined;
    return typeof value === 'string' && value !== '' ? value : refuse(name, 'has to be a text that is not empty');
  }

  /** A text that may be empty. */
  optionalWords(name: string): string | undefined {
    const value = this.#fields[name];
    return value === undefined || typeof value === 'string' ? value : refuse(name, 'has to be a text');
  }

  number(name: string): string {
    return this.optionalNumber(name) ?? refuse(name, 'is missing');
  }

  /** A phone number, as digits. */
  optionalNumber(name: string): string | undefined {
    const value = this.#fields[name];
    if (value === undefined) return undefined;
    return (
      (typeof value === 'string' ? digitsOf(value) : undefined) ??
      refuse(name, 'has to be a phone number with 6 to 15 digits')
    );
  }

  numbers(name: string): readonly string[] {
    const value = this.#fields[name];
    if (!Array.isArray(value)) return refuse(name, 'has to be a list of phone numbers');
    return value.map(
      (entry) =>
        (typeof entry === 'string' ? digitsOf(entry) : undefined) ?? refuse(name, 'has to be a list of phone numbers'),
    );
  }

  texts(name: string): readonly string[] {
    return this.optionalTexts(name) ?? refuse(name, 'is missing');
  }

  optionalTexts(name: string): readonly string[] | undefined {
    const value = this.#fields[name];
    if (value === undefined) return undefined;
    const fits = Array.isArray(value) && value.every((entry): entry is string => typeof entry === 'string');
    return fits ? value : refuse(name, 'has to be a list of texts');
  }

  flag(name: string): boolean {
    return this.optionalFlag(name) ?? refuse(name, 'is missing');
  }

  optionalFlag(name: string): boolean | undefined {
    const value = this.#fields[name];
    return value === undefined || typeof value === 'boolean' ? value : refuse(name, 'has to be true or false');
  }

  /** A whole number within limits: durations in milliseconds, counts. */
  amount(name: string, low: number, high: number): number {
    return this.optionalAmount(name, low, high) ?? refuse(name, 'is missing');
  }

  optionalAmount(name: string, low: number, high: number): number | undefined {
    const value = this.#fields[name];
    if (value === undefined) return undefined;
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high;
    return fits ? value : refuse(name, `has to be a whole number from ${low} to ${high}`);
  }

  /** A number with decimals, within limits. */
  measure(name: string, low: number, high: number): number {
    const value = this.#fields[name];
    const fits = typeof value === 'number' && value >= low && value <= high;
    return fits ? value : refuse(name, `has to be a number from ${low} to ${high}`);
  }

  /** Bytes in base64, at least one. */
  bytes(name: string): Uint8Array {
    const bytes = Buffer.from(this.text(name), 'base64');
    return bytes.length > 0 ? bytes : refuse(name, 'has to be bytes in base64');
  }

  /** The fields of a field. */
  object(name: string, known: readonly string[]): Body {
    return new Body(this.#fields[name] ?? refuse(name, 'is missing'), known);
  }

  objects(name: string, known: readonly string[]): readonly Body[] {
    const value = this.#fields[name];
    if (!Array.isArray(value)) return refuse(name, 'has to be a list');
    return value.map((entry: unknown) => new Body(entry, known));
  }

  optionalOneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    return this.#fields[name] === undefined ? undefined : this.oneOf(name, choices);
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.#fields[name];
    return choices.find((choice) => choice === value) ?? refuse(name, `has to be one of ${choices.join(', ')}`);
  }
}

function refuse(name: string, why: string): never {
  throw new Refusal(400, `The field "${name}" ${why}`);
}
