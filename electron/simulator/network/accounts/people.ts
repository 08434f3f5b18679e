import type { ContactRow } from '../../frames';
import { lidOf, numberOf, userId } from '../ids';
import type { Phone } from '../state';
import type { World } from '../world';

/** Under which id an account meets somebody: by number, unless it is a customer who appears by hidden id. */
export function chatIdOf(world: World, number: string): string {
  const appearsAs = world.customers.get(number)?.appearsAs ?? 'number';
  return appearsAs === 'number' ? userId(number) : lidOf(number);
}

/** The name in an account's address book. */
export function bookName(world: World, number: string, phone: Phone | undefined): string | undefined {
  if (phone?.profile.book.has(number) === true) return phone.profile.book.get(number);
  const customer = world.customers.get(number);
  return customer?.saved === true ? customer.name : undefined;
}

/** Somebody as an account (or, without one, nobody in particular) sees them; `undefined` when nobody has the number. */
export function personRow(world: World, number: string, phone?: Phone): ContactRow | undefined {
  const customer = world.customers.get(number);
  const pushname = customer?.name ?? world.phones.get(number)?.pushname;
  if (pushname === undefined) return undefined;
  const name = bookName(world, number, phone);
  const id = chatIdOf(world, number);
  const otherId = id === userId(number) ? lidOf(number) : userId(number);
  return {
    id,
    pushname,
    ...(customer?.appearsAs === 'hidden' ? {} : { otherId }),
    ...(name === undefined ? {} : { name }),
    ...(customer === undefined || customer.kind === 'person' ? {} : { kind: customer.kind }),
    ...(phone?.profile.blocked.has(number) === true ? { blocked: true } : {}),
  };
}

/** Who answers to an id that an account asks for; whoever is asked for by number is known by number from then on. */
export function personBehind(world: World, id: string, phone: Phone): ContactRow | undefined {
  const number = knownNumber(world, numberOf(id));
  const row = number === undefined ? undefined : personRow(world, number, phone);
  if (number === undefined || row === undefined || id.endsWith('@lid') || row.otherId !== undefined) return row;
  return { ...row, id: userId(number), otherId: lidOf(number) };
}

/**
 * The number as WhatsApp has it: mobile numbers of Brazil, Mexico and Argentina are written with or without a digit that was
 * added later, and both find the same person.
 */
function knownNumber(world: World, number: string): string | undefined {
  return [number, ...otherSpellings(number)].find((one) => world.customers.has(one) || world.phones.has(one));
}

const ADDED_DIGITS = [
  { long: /^(55\d\d)9(\d{8})$/, short: /^(55\d\d)(\d{8})$/, digit: '9' },
  { long: /^(52)1(\d{10})$/, short: /^(52)(\d{10})$/, digit: '1' },
  { long: /^(54)9(\d{10})$/, short: /^(54)(\d{10})$/, digit: '9' },
] as const;

function otherSpellings(number: string): readonly string[] {
  return ADDED_DIGITS.flatMap(({ long, short, digit }) => {
    if (long.test(number)) return [number.replace(long, '$1$2')];
    return short.test(number) ? [number.replace(short, `$1${digit}$2`)] : [];
  });
}

/** Neither side's messages, pictures and presence reach the other. */
export function isBlockedBetween(world: World, phone: Phone, number: string): boolean {
  if (phone.profile.blocked.has(number)) return true;
  if (world.customers.get(number)?.blocks.includes(phone.number) === true) return true;
  return world.phones.get(number)?.profile.blocked.has(phone.number) === true;
}

/** Whether somebody lets an account see picture and about text. */
export function showsProfileTo(world: World, phone: Phone, number: string): boolean {
  if (number === phone.number) return true;
  const customer = world.customers.get(number);
  if (customer === undefined) return world.phones.has(number) && !isBlockedBetween(world, phone, number);
  // Who has blocked an account shows it nothing; an account that blocks somebody goes on seeing the picture.
  if (customer.blocks.includes(phone.number) || customer.privacy === 'nobody') return false;
  // In life "contacts" is the customer's own address book; here whoever is saved has saved the account as well.
  return customer.privacy === 'everyone' || bookName(world, number, phone) !== undefined;
}

/** Everybody an account knows without a chat: its address book, and whom it has blocked. */
export function knownPeople(world: World, phone: Phone): readonly ContactRow[] {
  const numbers = new Set([...world.customers.keys(), ...phone.profile.book.keys(), ...phone.profile.blocked]);
  return [...numbers]
    .filter((number) => bookName(world, number, phone) !== undefined || phone.profile.blocked.has(number))
    .map((number) => personRow(world, number, phone))
    .filter((row) => row !== undefined);
}
