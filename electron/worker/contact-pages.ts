import type { Contact } from '../contract/entities/contact';
import { OperationError } from '../contract/errors';
import type { AccountId } from '../contract/ids';
import type { OperationOutput, ParsedInput } from '../contract/registry';

type Wish = Omit<ParsedInput<'contacts.list'>, 'accountId'>;

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

const nameOf = (contact: Contact): string =>
  contact.name ?? contact.verifiedName ?? contact.pushName ?? contact.phone ?? contact.id;

const digitsIn = (text: string): string => text.replace(/\D/g, '');

const fits = (contact: Contact, { query, saved }: Wish): boolean => {
  if (saved !== undefined && contact.isSaved !== saved) return false;
  if (query === undefined) return true;
  const wanted = query.toLocaleLowerCase();
  const names = [contact.name, contact.pushName, contact.verifiedName];
  if (names.some((name) => name?.toLocaleLowerCase().includes(wanted) === true)) return true;
  // Numbers are written with blanks and signs, and a part of a name is none.
  const digits = /^[\d\s().+-]+$/.test(query) ? digitsIn(query) : '';
  return digits !== '' && contact.phone !== undefined && digitsIn(contact.phone).includes(digits);
};

/** A place between two contacts: what the one before is sorted by, and its id, which decides among equals. */
type Place = readonly [key: string, id: string];

const placeOf = (contact: Contact, sortBy: Wish['sortBy']): Place => [
  sortBy === 'id' ? contact.id : nameOf(contact),
  contact.id,
];

const compare = (sortBy: Wish['sortBy'], one: Place, other: Place): number => {
  const byKey = sortBy === 'id' ? 0 : collator.compare(one[0], other[0]);
  if (byKey !== 0) return byKey;
  return one[1] < other[1] ? -1 : Number(one[1] > other[1]);
};

const written = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

const readPlace = (accountId: AccountId, cursor: string): Place => {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(place) && typeof place[0] === 'string' && typeof place[1] === 'string')
      return [place[0], place[1]];
  } catch {
    // Refused below.
  }
  const text = `The cursor of a list of contacts of account ${accountId} is none that it has given (cursor). Begin without one.`;
  throw new OperationError('VALIDATION_ERROR', text);
};

/** Filters, orders and cuts what the page has. The page knows some people by two ids, of which one is enough. */
export const pageOfContacts = (
  accountId: AccountId,
  all: readonly Contact[],
  wish: Wish,
): OperationOutput<'contacts.list'> => {
  const { sortBy, sortOrder, cursor, offset, limit } = wish;
  const sign = sortOrder === 'asc' ? 1 : -1;
  const known = new Map(all.map((contact) => [contact.id, contact]));
  const ordered = [...known.values()]
    .filter((contact) => fits(contact, wish))
    .toSorted((one, other) => sign * compare(sortBy, placeOf(one, sortBy), placeOf(other, sortBy)));
  const after = cursor === undefined ? undefined : readPlace(accountId, cursor);
  const rest =
    after === undefined
      ? ordered
      : ordered.filter((contact) => sign * compare(sortBy, placeOf(contact, sortBy), after) > 0);
  const contacts = rest.slice(offset, offset + limit);
  const last = contacts.at(-1);
  const hasMore = last !== undefined && rest.length > offset + limit;
  return {
    contacts,
    total: ordered.length,
    ...(hasMore ? { nextCursor: written(placeOf(last, sortBy)) } : {}),
  };
};
