/** The bytes of a file in base64. The browser does it outside of this thread, so that 64 MiB do not hold up the window. */
export const readBase64 = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    });
    reader.addEventListener('error', () =>
      reject(new Error('The file could not be read. It may have been moved or changed. Choose it again.')),
    );
    reader.readAsDataURL(file);
  });
