export const groupSettingOperations = {};
