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

  text(name: string): string {
    return this.optionalText(name) ?? refuse(name, 'is missing');
  }

  optionalText(name: string): string | undefined {
    const value = this.#fields[name];
    if (value === undefined) return undefined;
    return typeof value === 'string' && value !== '' ? value : refuse(name, 'has to be a text that is not empty');
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

  oneOf<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.#fields[name];
    return choices.find((choice) => choice === value) ?? refuse(name, `has to be one of ${choices.join(', ')}`);
  }
}

function refuse(name: string, why: string): never {
  throw new Refusal(400, `The field "${name}" ${why}`);
}
