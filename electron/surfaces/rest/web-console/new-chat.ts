import { element, textField } from './element';

/** Opens the conversation with a number, whether there is one yet or not. */
export const newChatForm = (open: (chatId: string) => void): HTMLElement => {
  const field = textField('Write to a number', {
    type: 'tel',
    inputmode: 'tel',
    placeholder: '+55 11 94002-0022',
    dir: 'ltr',
  });
  return element(
    'form',
    {
      class: 'inline-form new-chat',
      novalidate: true,
      submit: (event) => {
        event.preventDefault();
        const digits = field.value().replace(/[^\d]/g, '');
        if (digits.length < 7 || digits.length > 15)
          return field.complain('Type the whole number, with its country code.');
        field.input.value = '';
        open(`${digits}@c.us`);
      },
    },
    field.root,
    element('button', { type: 'submit', class: 'button' }, 'Open'),
  );
};
