export const labelOperations = {};
