import type { OrderRow, ProductRow } from '../../message-frames';
import type { Body } from '../body';
import { chatOf } from '../control/control-table';
import type { Network } from '../network';
import { codeText, randomDigits } from '../random';
import { Refusal } from '../refusal';
import type { Content } from './content';

const SECRET_BYTES = 32;

/** What the body of a control call says about each kind of message. */

export function locationContent(outer: Body): Content {
  const body = outer.object('location', ['latitude', 'longitude', 'name', 'address', 'url']);
  const lines = [body.optionalText('name'), body.optionalText('address')].filter((line) => line !== undefined);
  const url = body.optionalText('url');
  return {
    type: 'location',
    body: '',
    details: {
      lat: body.measure('latitude', -90, 90),
      lng: body.measure('longitude', -180, 180),
      ...(lines.length === 0 ? {} : { loc: lines.join('\n') }),
      ...(url === undefined ? {} : { clientUrl: url }),
    },
  };
}

export function contactsContent(outer: Body): Content {
  const cards = outer.objects('contacts', ['name', 'number']).map((card) => {
    const [displayName, number] = [card.text('name'), card.number('number')];
    const tel = `TEL;type=CELL;type=VOICE;waid=${number}:+${number}`;
    const vcard = ['BEGIN:VCARD', 'VERSION:3.0', `N:;${displayName};;;`, `FN:${displayName}`, tel, 'END:VCARD'].join(
      '\n',
    );
    return { displayName, vcard };
  });
  const [only] = cards;
  if (only === undefined) throw new Refusal(400, 'The field "contacts" has to name somebody');
  if (cards.length > 1) return { type: 'multi_vcard', body: '', details: { vcardList: cards } };
  return { type: 'vcard', body: only.vcard, details: { vcardFormattedName: only.displayName } };
}

export function pollContent(outer: Body): Content {
  const body = outer.object('poll', ['name', 'options', 'multiple']);
  return {
    type: 'poll_creation',
    body: '',
    details: {
      pollName: body.text('name'),
      pollOptions: body.texts('options').map((name, localId) => ({ name, localId })),
      pollSelectableOptionsCount: body.optionalFlag('multiple') === true ? 0 : 1,
      messageSecret: secret(),
    },
  };
}

export function eventContent(outer: Body): Content {
  const body = outer.object('event', ['name', 'start', 'end', 'description', 'location', 'joinLink']);
  const end = body.optionalAmount('end', 0, Number.MAX_SAFE_INTEGER);
  const description = body.optionalText('description');
  const location = body.optionalText('location');
  const joinLink = body.optionalText('joinLink');
  return {
    type: 'event_creation',
    body: '',
    details: {
      eventName: body.text('name'),
      eventStartTime: body.amount('start', 0, Number.MAX_SAFE_INTEGER),
      ...(end === undefined ? {} : { eventEndTime: end }),
      ...(description === undefined ? {} : { eventDescription: description }),
      ...(location === undefined ? {} : { eventLocation: { degreesLatitude: 0, degreesLongitude: 0, name: location } }),
      ...(joinLink === undefined ? {} : { eventJoinLink: joinLink }),
      isEventCanceled: false,
      messageSecret: secret(),
    },
  };
}

export function orderContent(outer: Body, { world }: Network): Content {
  const body = outer.object('order', ['title', 'currency', 'products']);
  const currency = body.text('currency');
  const products = body
    .objects('products', ['id', 'name', 'price', 'quantity', 'description', 'retailerId'])
    .map((product) => productRow(product, currency));
  if (products.length === 0) throw new Refusal(400, 'The field "products" has to name a product');
  const total = products.reduce((sum, { price, quantity }) => sum + Number(price) * quantity, 0);
  const createdAt = Math.floor(world.now() / 1000);
  const order: OrderRow = { products, subtotal: String(total), total: String(total), currency, createdAt };
  return {
    type: 'order',
    body: '',
    order,
    details: {
      orderId: randomDigits(16),
      token: codeText(32),
      orderTitle: body.optionalText('title') ?? products[0]?.name ?? '',
      itemCount: products.reduce((sum, { quantity }) => sum + quantity, 0),
      totalAmount1000: total,
      totalCurrencyCode: currency,
    },
  };
}

/** Prices are in thousandths, as WhatsApp has them. */
function productRow(product: Body, currency: string): ProductRow {
  const description = product.optionalText('description');
  const retailerId = product.optionalText('retailerId');
  return {
    id: product.optionalText('id') ?? randomDigits(16),
    name: product.text('name'),
    price: String(product.amount('price', 0, Number.MAX_SAFE_INTEGER)),
    currency,
    quantity: product.optionalAmount('quantity', 1, 10_000) ?? 1,
    thumbnailUrl: '',
    ...(description === undefined ? {} : { description }),
    ...(retailerId === undefined ? {} : { retailerId }),
  };
}

export function productContent(outer: Body): Content {
  const fields = ['id', 'title', 'description', 'owner', 'price', 'currency', 'retailerId'];
  const body = outer.object('product', fields);
  const description = body.optionalText('description');
  const retailerId = body.optionalText('retailerId');
  const price = body.optionalAmount('price', 0, Number.MAX_SAFE_INTEGER);
  return {
    type: 'product',
    body: '',
    details: {
      productId: body.text('id'),
      title: body.text('title'),
      businessOwnerJid: chatOf(body.number('owner')),
      ...(description === undefined ? {} : { description }),
      ...(retailerId === undefined ? {} : { retailerId }),
      ...(price === undefined ? {} : { priceAmount1000: price, currencyCode: body.text('currency') }),
    },
  };
}

export function paymentContent(outer: Body, { world }: Network): Content {
  const body = outer.object('payment', ['currency', 'amount', 'receiver', 'note', 'status', 'transactionStatus']);
  const note = body.optionalText('note');
  return {
    type: 'payment',
    body: '',
    details: {
      paymentCurrency: body.text('currency'),
      paymentAmount1000: body.amount('amount', 0, Number.MAX_SAFE_INTEGER),
      paymentMessageReceiverJid: chatOf(body.number('receiver')),
      paymentTransactionTimestamp: Math.floor(world.now() / 1000),
      paymentStatus: body.optionalAmount('status', 0, 12) ?? 4,
      paymentTxnStatus: body.optionalAmount('transactionStatus', 0, 31) ?? 0,
      ...(note === undefined ? {} : { paymentNoteMsg: { body: note } }),
    },
  };
}

export function buttonReply(outer: Body): Content {
  const body = outer.object('buttonReply', ['id', 'text']);
  return { type: 'buttons_response', body: body.text('text'), details: { selectedButtonId: body.text('id') } };
}

export function listReply(outer: Body): Content {
  const body = outer.object('listReply', ['id', 'title']);
  const title = body.text('title');
  const listResponse = { title, singleSelectReply: { selectedRowId: body.text('id') } };
  return { type: 'list_response', body: title, details: { listResponse } };
}

function secret(): readonly number[] {
  return [...crypto.getRandomValues(new Uint8Array(SECRET_BYTES))];
}
