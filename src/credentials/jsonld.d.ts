declare module 'jsonld' {
  type Options = {
    algorithm: 'RDFC-1.0'
    format: 'application/n-quads'
    documentLoader: (url: string) => Promise<object>
    safe: boolean
    canonizeOptions?: { maxWorkFactor: number }
  }
  const jsonld: { canonize(document: object, options: Options): Promise<string> }
  export = jsonld
}
