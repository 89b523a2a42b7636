declare module 'jsonld' {
  type Options = {
    format: 'application/n-quads'
    documentLoader: (url: string) => Promise<object>
    safe: boolean
  }
  type Canonize = Options & { algorithm: 'RDFC-1.0'; canonizeOptions?: { maxWorkFactor: number } }
  const jsonld: {
    canonize(document: object, options: Canonize): Promise<string>
    toRDF(document: object, options: Options): Promise<string>
  }
  export = jsonld
}
