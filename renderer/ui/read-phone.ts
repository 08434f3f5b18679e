import { type CountryCode, parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js/min';

export type PhoneReading =
  | { readonly kind: 'number'; readonly digits: string; readonly shown: string; readonly country: string | undefined }
  | { readonly kind: 'problem'; readonly problem: string };

const countries = new Intl.DisplayNames(undefined, { type: 'region' });

const nameOf = (country: CountryCode | undefined): string | undefined =>
  country === undefined ? undefined : countries.of(country);

const example = 'such as +55 11 94002-0022';

const problem = (sentence: string): PhoneReading => ({ kind: 'problem', problem: sentence });

/** Reads an international number as people type it; what is wrong with it is said in a sentence. */
export const readPhone = (typed: string): PhoneReading => {
  const text = typed.trim();
  if (text === '') return problem(`Type the number of the phone with its country code, ${example}.`);
  const strange = text.match(/[^\d\s()+./-]/u)?.[0];
  if (strange !== undefined) return problem(`A number has digits only. Take out “${strange}”.`);
  const bare = text.replace(/\D/g, '').replace(/^00/, '');
  if (bare.startsWith('0')) return problem(`Begin with the country code instead of 0, ${example}.`);
  const number = `+${bare}`;
  const parsed = parsePhoneNumberFromString(number);
  const country = nameOf(parsed?.country);
  const forCountry = country === undefined ? '' : ` for ${country}`;
  switch (validatePhoneNumberLength(number)) {
    case undefined:
      return { kind: 'number', digits: bare, shown: parsed?.formatInternational() ?? number, country };
    case 'INVALID_COUNTRY':
      return problem(`No country code begins with ${bare.slice(0, 3)}. Begin with the country code, ${example}.`);
    case 'TOO_SHORT':
      return problem(`The number is too short${forCountry}. Type it with its country code, ${example}.`);
    case 'TOO_LONG':
      return problem(`The number is too long${forCountry}. Take out the digits that are too many.`);
    default:
      return problem(`The number does not have the right length${forCountry}. Type it as the phone shows it.`);
  }
};
