/** Hands bytes to the browser as a file; never as a page, whatever they are. */
export function download(content: BlobPart, name: string, type = "application/octet-stream") {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
