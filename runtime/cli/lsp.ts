// `truth lsp`: the language server, which is a bundle of its own beside this one and starts when it is imported.

export async function lsp(): Promise<void> {
  await import(new URL('./lsp.js', import.meta.url).href)
}
