import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

const known = new Map<string, string>();

/** A number the way its country writes it, grouped for reading: `+55 11 94002-0022`. What is no number stays as it is. */
export const formatPhone = (phone: string): string => {
  const before = known.get(phone);
  if (before !== undefined) return before;
  const digits = phone.replace(/[^\d+]/g, '');
  const parsed = /^\+?\d{6,15}$/.test(digits)
    ? parsePhoneNumberFromString(digits.startsWith('+') ? digits : `+${digits}`)
    : undefined;
  const shown = parsed?.isPossible() === true ? parsed.formatInternational() : phone;
  known.set(phone, shown);
  return shown;
};

/** The name of a person or group; a bare number instead of a name is grouped. */
export const formatName = (name: string): string => (/^\+\d{6,15}$/.test(name) ? formatPhone(name) : name);
