const KEY = 'banned';

/** A banned number is logged out like any other; what its page says after the reload is the only difference. */
export const rememberBan = (): void => sessionStorage.setItem(KEY, 'yes');

export const isBanned = (): boolean => sessionStorage.getItem(KEY) !== null;

export const forgetBan = (): void => sessionStorage.removeItem(KEY);
