declare module 'bidi-js' {
  type Levels = { levels: Uint8Array; paragraphs: { start: number; end: number; level: number }[] }
  type Bidi = { getEmbeddingLevels(text: string, direction?: 'ltr' | 'rtl' | 'auto'): Levels }
  const bidiFactory: () => Bidi
  export = bidiFactory
}
declare module 'wawoff2/build/decompress_binding.js' {
  const binding: {
    calledRun?: boolean
    onRuntimeInitialized?: () => void
    decompress(woff2: Uint8Array): Uint8Array | false
  }
  export = binding
}
// Node's types leave this to the DOM types, which are not loaded.
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Instance {
    constructor(module: Module)
    readonly exports: unknown
  }
  type Memory = { buffer: ArrayBuffer }
}
