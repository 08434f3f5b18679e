import type { Build } from '../builds';

/** Which build of WhatsApp Web pages are, where it does not follow from the version in their address: per phone, or for all. */
export class BuildChoice {
  readonly #phones = new Map<string, Build>();
  forAll: Build | undefined;

  set(phone: string, build: Build | undefined): void {
    if (build === undefined) this.#phones.delete(phone);
    else this.#phones.set(phone, build);
  }

  of(phone: string): Build | undefined {
    return this.#phones.get(phone) ?? this.forAll;
  }
}
